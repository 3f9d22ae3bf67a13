"""Every number of the model's mechanisms, declared once: default, plausible range, unit, meaning and source."""

from typing import NamedTuple


class Parameter(NamedTuple):
    """A number in a rule of the model.

    `low`..`high` is the plausible range that sensitivity and robustness studies draw from; `floor`..`ceiling` what the
    rules can stand at all. `source` names a publication or says "assumed".
    """

    name: str
    default: float
    low: float
    high: float
    unit: str
    meaning: str
    source: str
    floor: float = 0.0
    ceiling: float = 1.0


JDR = "form: job demands-resources model (Demerouti et al. 2001); size assumed"
SDT = "weights in proportion to Cerasoli et al. 2016 (autonomy .28, competence .37, relatedness .25)"
VROOM = "direction: Vroom & Jago 1988; size assumed"
FIT = "form: person-environment fit (Edwards 1996); size assumed"

PARAMETERS = (
    # Diagnosis
    Parameter("diagnosis_error", 0.16, 0.08, 0.30, "sd on 0-1", "weekly error of a leader of diagnosis skill 0.5 in seeing competence and commitment", "assumed", 0, 5),
    Parameter("diagnosis_memory", 0.35, 0.15, 0.60, "per week", "weight of this week's impression against earlier ones", "assumed", 0.01),
    Parameter("contact_sharpens", 0.40, 0.15, 0.60, "share", "diagnosis error removed by full weekly contact", "assumed"),
    Parameter("data_sharpens", 0.25, 0.05, 0.45, "share", "diagnosis error removed by full use of data", "assumed"),
    Parameter("moderate_competence", 0.70, 0.60, 0.75, "0-1", "from it, competence counts as moderate (D3); below it as low to some (D1, D2)", "assumed; Blanchard et al. 1985 give words, no figures"),
    Parameter("high_competence", 0.82, 0.76, 0.88, "0-1", "from it, competence counts as high (D4)", "assumed; Blanchard et al. 1985 give words, no figures"),
    Parameter("high_commitment", 0.70, 0.60, 0.76, "0-1", "from it, commitment counts as high (D1, D4)", "assumed; Blanchard et al. 1985 give words, no figures"),
    # Attention: leader hours per head and week at full behaviour
    Parameter("hours_direction", 1.10, 0.60, 1.80, "h/head/week", "leader time for full direction of one person", "assumed", 0, 20),
    Parameter("hours_support", 0.80, 0.40, 1.40, "h/head/week", "leader time for full support of one person", "assumed", 0, 20),
    Parameter("hours_inspiration", 0.20, 0.05, 0.40, "h/head/week", "leader time for full inspiration of one person", "assumed", 0, 20),
    Parameter("hours_development", 0.90, 0.50, 1.60, "h/head/week", "leader time for full coaching of one person", "assumed", 0, 20),
    Parameter("hours_recognition", 0.15, 0.05, 0.30, "h/head/week", "leader time for full recognition of one person", "assumed", 0, 20),
    Parameter("hours_service", 0.70, 0.30, 1.20, "h/head/week", "leader time for removing one person's obstacles", "assumed", 0, 20),
    Parameter("hours_feedback", 0.40, 0.20, 0.80, "h/head/week", "leader time for frequent feedback to one person", "assumed", 0, 20),
    Parameter("hours_onboarding", 1.00, 0.40, 2.00, "h/newcomer/week", "leader time for a newcomer", "assumed", 0, 20),
    Parameter("hours_per_decision", 0.80, 0.40, 1.50, "h", "leader time for a decision taken alone", "assumed", 0, 20),
    Parameter("hours_per_meeting", 0.55, 0.30, 1.50, "h", "length of the meeting for a decision taken together", "assumed", 0, 20),
    Parameter("leader_works", 0.50, 0.20, 0.80, "share", "of the hours that leading leaves, what goes into the team's own work", "assumed; owners of small firms work in their firm"),
    Parameter("waits_for_word", 0.20, 0.05, 0.40, "share", "work held up where all direction is reserved to a leader who has no time for it", "direction: Meier & Bohte 2000; size assumed"),
    # Decisions
    Parameter("delay_alone", 0.15, 0.08, 0.30, "weeks", "from question to answer when the leader decides alone and has time", "assumed", 0, 10),
    Parameter("queue_wait", 0.50, 0.20, 1.00, "weeks", "wait for a leader half of whose hours go into decisions", "form: Kleinrock 1975, a single server's queue; size assumed", 0, 10),
    Parameter("hard_to_reach", 0.60, 0.30, 1.20, "weeks", "added to a decision that waits for a leader who is never there", "direction: Skogstad et al. 2007; size assumed", 0, 20),
    Parameter("delay_meeting", 0.15, 0.05, 0.30, "weeks", "to bring people together for a decision", VROOM, 0, 10),
    Parameter("delay_per_participant", 0.080, 0.040, 0.120, "weeks/person", "added by each person who takes part", VROOM, 0, 1),
    Parameter("meeting_limit", 24.0, 12.0, 48.0, "people", "size of a team of which half takes part in a decision that is taken together", "assumed", 1, 1000),
    Parameter("iteration_convenes", 0.15, 0.05, 0.25, "share", "of the delay of a meeting, what constant replanning takes away: people meet anyway", "assumed"),
    Parameter("delay_delegated", 0.08, 0.03, 0.15, "weeks", "from question to answer when the closest person decides", "assumed", 0, 10),
    Parameter("hesitation", 0.50, 0.25, 0.90, "weeks", "added when nobody able and sure of the direction is there to decide", "direction: Skogstad et al. 2007; size assumed", 0, 20),
    Parameter("blocked_by_delay", 0.55, 0.30, 0.90, "per urgent decision-week", "work held up by waiting for urgent decisions", "assumed", 0, 10),
    Parameter("judgement_error", 3, 2.00, 4.00, "sd", "error of a wholly unskilled judge on a wholly complex question", "assumed", 0, 20),
    Parameter("dispersed_knowledge", 1.05, 0.50, 1.60, "sd", "error from local knowledge that the one who decides does not have, at full complexity", VROOM, 0, 20),
    Parameter("drift_apart", 0.75, 0.40, 1.10, "sd", "error of delegated decisions where no direction is shared", "form: Siggelkow & Rivkin 2005; size assumed", 0, 20),
    Parameter("data_helps_judgement", 0.40, 0.20, 0.60, "share", "error variance removed by full use of data", "assumed"),
    Parameter("iteration_corrects", 0.35, 0.15, 0.60, "share", "error variance in novel work caught by frequent replanning", "assumed"),
    # Work
    Parameter("ordinary_yield", 0.64, 0.50, 0.80, "share", "finished work of a proficient, committed person in an ordinary week, of the ideal; sets the unit of output and demand", "assumed; a unit", 0.05),
    Parameter("guided_work", 0.1229, 0.10, 0.40, "share", "lacking competence made good by being told what and how", "size: Lorinkova et al. 2013, early gap of directive teams; assumed", 0),
    Parameter("effort_floor", 0.5659, 0.40, 0.70, "share", "effort of a wholly uncommitted person", "assumed"),
    Parameter("compliance", 0.08244, 0.05, 0.40, "share", "missing commitment made good by close supervision", "direction: Martin et al. 2013; size assumed"),
    Parameter("goals_spur", 0.15, 0.05, 0.25, "share", "effort added by full challenge to a committed person who knows what is asked", "Locke & Latham 1990 (d .42-.80 for specific hard goals)"),
    Parameter("mood_moves", 0.4104, 0.05, 0.60, "share per unit of morale", "effort that a good mood adds and a bad one takes", "direction: Erez & Isen 2002; size assumed", 0, 2),
    Parameter("strain_slows", 0.30, 0.15, 0.45, "share", "effort lost at full strain", "direction: Taris 2006; size assumed"),
    Parameter("novelty_unclear", 0.9869, 0.40, 1.60, "share", "what is unclear to the unable in wholly novel work, beside what complexity makes so", "assumed", 0, 3),
    Parameter("colleagues_guide", 0.6695, 0.40, 1.00, "share", "guidance that able colleagues give in place of the leader", "form: substitutes for leadership (Kerr & Jermier 1978); size assumed"),
    Parameter("asking_guides", 0.6514, 0.35, 0.85, "share", "what is unclear that one can clear up by asking a leader who is there", "direction: Skogstad et al. 2007; size assumed"),
    Parameter("ambiguity_costs", 0.1983, 0.15, 0.70, "share", "work lost to full role ambiguity", "direction: Tubre & Collins 2000; size assumed"),
    Parameter("process_floor", 0.6, 0.45, 0.75, "share", "work that gets done in the worst process", "assumed"),
    Parameter("service_clears", 0.07, 0.02, 0.12, "share", "work gained when all obstacles are removed by the leader", "assumed"),
    Parameter("output_luck", 0.15, 0.05, 0.25, "sd", "week-to-week luck of a person's output", "assumed"),
    Parameter("pace_spread", 0.25, 0.10, 0.40, "sd of the logarithm", "how much teams differ in how quickly questions can be settled", "assumed", 0, 2),
    Parameter("ability_spread", 0.2278, 0.12, 0.32, "sd", "how much people of the same competence differ in output", "Hunter, Schmidt & Judiesch 1990: sd of output 19% of the mean in simple work, 32% in ordinary, 48% in complex, competence included", 0, 0.5),
    Parameter("conditions_spread", 0.0453, 0.02, 0.10, "sd on 0-1", "how much teams differ in morale for reasons such as pay, place and hours", "assumed"),
    Parameter("circumstances_spread", 0.06, 0.02, 0.10, "sd on 0-1", "how much teams differ in process for reasons that nobody there chose", "assumed"),
    Parameter("coaching_hours", 1.9, 0.80, 3.00, "h/week", "own hours that coaching, support and feedback take at full measure", "assumed", 0, 20),
    Parameter("replanning_hours", 7.00, 5.00, 9.00, "h/week", "own hours that constant replanning takes", "Schwaber & Sutherland 2017: the events of a four-week sprint take up to 20 h, and refining the backlog up to 16 h, of 160", 0, 20),
    Parameter("data_hours", 1.50, 0.50, 2.50, "h/week", "own hours that full use of data takes", "assumed", 0, 20),
    Parameter("onboarding_help", 3.5, 1.00, 6.00, "h/newcomer/week", "colleagues' hours that a newcomer takes, at first", "assumed", 0, 40),
    Parameter("backlog_lost", 0.12, 0.05, 0.25, "per week", "share of waiting work that customers take elsewhere", "assumed"),
    # Learning
    Parameter("learning_by_doing", 0.3389, 0.120, 0.360, "per week", "approach to full proficiency by practice", "Mellon 2003: weeks to full productivity; form: Heathcote et al. 2000"),
    Parameter("plateau", 0.6614, 0.62, 0.86, "0-1", "competence that experience alone leads to in work that has nothing to teach", "form: Ericsson 2006; size assumed"),
    Parameter("plateau_spread", 0.1185, 0.06, 0.20, "0-1", "how much further than the average the ablest get by experience", "assumed, with Hunter, Schmidt & Judiesch 1990"),
    Parameter("learning_by_coaching", 0.055, 0.020, 0.090, "per week", "approach to full proficiency by full coaching", "assumed"),
    Parameter("learning_by_feedback", 0.03, 0.005, 0.040, "per week", "approach to full proficiency by full feedback", "Kluger & DeNisi 1996 (d .41, over a third negative)"),
    Parameter("learning_by_failure", 0.080, 0.020, 0.140, "per week", "approach to full proficiency by failing where it is safe", "direction: Frazier et al. 2017; size assumed"),
    Parameter("skill_loss", 0.02729, 0.003, 0.030, "per week", "competence outdated each week in wholly novel work", "direction: Arthur et al. 1998 (skill unused is lost within a year); size assumed"),
    # Motivation and confidence
    Parameter("autonomy_base", 0.10, 0.02, 0.20, "0-1", "autonomy that everybody wants", FIT),
    Parameter("autonomy_of_able", 0.7975, 0.70, 1.10, "0-1", "further autonomy wanted by the able and sure", FIT, 0, 3),
    Parameter("oversupervision_frustrates", 0.3955, 0.20, 1.40, "1", "loss of autonomy felt per unit of autonomy withheld", FIT, 0, 10),
    Parameter("underguidance_frustrates", 0.6115, 0.30, 1.10, "1", "loss felt per unit of autonomy beyond what one can use, by somebody of half the competence", FIT, 0, 10),
    Parameter("need_autonomy", 0.2061, 0.08, 0.32, "weight", "autonomy in motivation", SDT),
    Parameter("need_competence", 0.3668, 0.19, 0.39, "weight", "success in motivation", SDT),
    Parameter("need_relatedness", 0.1477, 0.10, 0.30, "weight", "relatedness in motivation", SDT),
    Parameter("need_meaning", 0.249, 0.05, 0.25, "weight", "meaning in motivation", "assumed"),
    Parameter("need_fairness", 0.1099, 0.05, 0.25, "weight", "fairness in motivation", "assumed"),
    Parameter("lacking_support", 1.023, 0.90, 2.10, "1", "loss felt per unit of support wanted and not given", FIT, 0, 10),
    Parameter("imposed_support", 0.5, 0.20, 0.80, "1", "loss felt per unit of support given and not wanted", "direction: Deelstra et al. 2003; size assumed", 0, 10),
    Parameter("peers_support", 0.4, 0.20, 0.60, "share", "lacking support that colleagues make up where it is wholly safe to ask them", JDR),
    Parameter("motivation_lift", 0.2478, 0.10, 0.35, "0-1", "motivation of a person whose every need is frustrated", "assumed"),
    Parameter("motivation_rate", 0.0286, 0.025, 0.090, "per week", "pace at which motivation follows needs", "assumed"),
    Parameter("confidence_rate", 0.04839, 0.030, 0.100, "per week", "pace at which confidence follows success", "form: Bandura 1997; size assumed"),
    Parameter("encouragement", 0.6, 0.25, 0.95, "share", "doubt removed by full support", "form: Bandura 1997, verbal persuasion; size assumed"),
    Parameter("entrusting", 0.25, 0.10, 0.40, "share", "doubt that responsibility takes from those who are up to it", "direction: Spreitzer 1995; size assumed"),
    Parameter("success_slope", 1.085, 0.70, 1.50, "1", "success gained per unit of proficiency above what the task asks", "assumed", 0, 10),
    Parameter("success_luck", 0.15, 0.05, 0.25, "sd", "week-to-week luck of success", "assumed"),
    # Morale
    Parameter("morale_base", 0.05546, 0.048, 0.112, "weight", "morale that nothing here explains", "assumed"),
    Parameter("morale_of_needs", 0.6022, 0.27, 0.63, "weight", "needs met, in morale", "direction: Van den Broeck et al. 2016; size assumed"),
    Parameter("morale_of_trust", 0.1752, 0.108, 0.252, "weight", "trust, in morale", "direction: Dirks & Ferrin 2002; size assumed"),
    Parameter("morale_of_recognition", 0.04149, 0.02, 0.14, "weight", "recognition, in morale", "assumed"),
    Parameter("morale_of_success", 0.1067, 0.04, 0.25, "weight", "success, in morale", "direction: Judge et al. 2001; size assumed"),
    Parameter("morale_of_affect", 0.1044, 0.08, 0.42, "weight", "disposition, in morale", "direction: Thoresen et al. 2003; size assumed"),
    Parameter("morale_of_ease", 0.1067, 0.09, 0.21, "weight", "lack of strain, in morale", "assumed"),
    Parameter("morale_of_conditions", 0.4197, 0.15, 0.45, "weight", "pay, place and hours, in morale", "direction: Judge et al. 2010 (pay .15); size assumed"),
    Parameter("morale_lost_to_ambiguity", 0.5533, 0.05, 0.80, "weight", "role ambiguity, against morale", "direction: Jackson & Schuler 1985; size assumed"),
    Parameter("morale_rate", 0.13, 0.06, 0.20, "per week", "pace at which morale follows its causes", "assumed"),
    Parameter("morale_luck", 0.03, 0.020, 0.060, "sd per week", "what life outside adds", "assumed"),
    Parameter("contagion", 0.15, 0.05, 0.30, "share", "pull of colleagues' mood", "direction: Barsade 2002; size assumed"),
    Parameter("newcomer_morale", 0.7597, 0.60, 0.85, "0-1", "mean morale at hire", "Boswell et al. 2005 (shape)"),
    Parameter("honeymoon", 0.3311, 0.08, 0.35, "0-1", "morale added by a newcomer's expectations", "Boswell et al. 2005 (shape)"),
    Parameter("honeymoon_weeks", 27.09, 8.0, 40.0, "weeks", "time in which expectations fade to a third", "Boswell et al. 2005 (shape)", 1, 520),
    # Strain
    Parameter("strain_rate", 0.080, 0.040, 0.140, "per week", "pace at which strain follows demands and resources", JDR),
    Parameter("strain_base", 0.30, 0.20, 0.40, "0-1", "strain of ordinary work without help", JDR),
    Parameter("strain_of_load", 0.30, 0.15, 0.45, "1", "strain per unit of work above capacity", JDR, 0, 5),
    Parameter("strain_of_stretch", 0.3, 0.15, 0.45, "1", "strain of full challenge to a fully committed person", JDR, 0, 5),
    Parameter("strain_of_ambiguity", 0.2405, 0.15, 0.45, "1", "strain of full role ambiguity", "Skogstad et al. 2007 (direction)", 0, 5),
    Parameter("strain_of_urgency", 0.20, 0.08, 0.32, "1", "strain of full urgency", JDR, 0, 5),
    Parameter("support_relieves", 0.20, 0.10, 0.30, "1", "strain taken by full support", JDR, 0, 5),
    Parameter("service_relieves", 0.12, 0.05, 0.20, "1", "strain taken by full service", JDR, 0, 5),
    Parameter("autonomy_relieves", 0.12, 0.05, 0.20, "1", "strain taken by fitting autonomy", JDR, 0, 5),
    Parameter("strain_of_affect", 0.30, 0.15, 0.45, "1", "difference in strain between the gloomiest and the sunniest disposition", "direction: Thoresen et al. 2003; size assumed", 0, 5),
    Parameter("resilience_relieves", 0.5, 0.25, 0.75, "1", "difference in strain between the least and the most resilient", "direction: Xanthopoulou et al. 2007; size assumed", 0, 5),
    Parameter("burnout_threshold", 0.70, 0.60, 0.80, "0-1", "strain from which a person counts as burnt out", "assumed"),
    # Trust and climate
    Parameter("trust_base", 0.1, 0.06, 0.14, "weight", "trust that nothing here explains", "assumed"),
    Parameter("trust_of_support", 0.2123, 0.15, 0.35, "weight", "support, in trust", "direction: Dirks & Ferrin 2002; size assumed"),
    Parameter("trust_of_say", 0.167, 0.04, 0.21, "weight", "having a say, in trust", "direction: Dirks & Ferrin 2002; size assumed"),
    Parameter("trust_of_recognition", 0.0761, 0.06, 0.14, "weight", "recognition, in trust", "assumed"),
    Parameter("trust_of_service", 0.1, 0.06, 0.14, "weight", "service, in trust", "direction: Hoch et al. 2018; size assumed"),
    Parameter("trust_of_freedom", 0.1507, 0.04, 0.21, "weight", "not being over-supervised, in trust", "assumed"),
    Parameter("trust_of_promises", 0.25, 0.15, 0.35, "weight", "promises kept, in trust", "direction: Dirks & Ferrin 2002; size assumed"),
    Parameter("trust_builds", 0.030, 0.010, 0.060, "per week", "pace at which trust grows", "direction: Slovic 1993; size assumed"),
    Parameter("trust_breaks", 0.100, 0.050, 0.200, "per week", "pace at which trust falls", "direction: Slovic 1993; size assumed"),
    Parameter("layoff_shock", 0.20, 0.10, 0.35, "0-1", "trust lost by those who stay, at a layoff", "direction: Brockner et al. 1987; size assumed"),
    Parameter("safety_base", 0.2, 0.12, 0.28, "weight", "psychological safety that nothing here explains", "assumed"),
    Parameter("safety_of_support", 0.35, 0.21, 0.49, "weight", "support, in psychological safety", "direction: Frazier et al. 2017; size assumed"),
    Parameter("safety_of_tolerance", 0.3, 0.18, 0.42, "weight", "tolerance of failure, in psychological safety", "direction: Frazier et al. 2017; size assumed"),
    Parameter("safety_of_participation", 0.2, 0.12, 0.28, "weight", "participation, in psychological safety", "direction: Frazier et al. 2017; size assumed"),
    Parameter("safety_lost_to_direction", 0.2, 0.12, 0.28, "weight", "close direction, against psychological safety", "assumed"),
    Parameter("direction_of_inspiration", 0.4, 0.24, 0.56, "weight", "inspiration, in shared direction", "assumed"),
    Parameter("direction_of_instruction", 0.2, 0.12, 0.28, "weight", "direction, in shared direction", "assumed"),
    Parameter("direction_of_exchange", 0.25, 0.15, 0.35, "weight", "participation and feedback, in shared direction", "assumed"),
    Parameter("direction_of_iteration", 0.15, 0.09, 0.21, "weight", "frequent replanning, in shared direction", "assumed"),
    Parameter("direction_of_expertise", 0.38, 0.228, 0.532, "weight", "the team's expertise, in shared direction", "direction: Kerr & Jermier 1978; size assumed"),
    Parameter("direction_lost_to_newcomers", 0.4, 0.24, 0.56, "weight", "newcomers, against shared direction", "assumed"),
    Parameter("climate_rate", 0.060, 0.030, 0.100, "per week", "pace of psychological safety and shared direction", "assumed"),
    Parameter("safety_of_voice", 0.20, 0.12, 0.28, "weight", "practices that let everybody be heard, in psychological safety", "direction: Frazier et al. 2017; size assumed"),
    Parameter("trust_of_integrity", 0.40, 0.20, 0.60, "weight", "practised integrity that is lived up to, in trust", "direction: Simons 2002; size assumed"),
    Parameter("trust_lost_to_hypocrisy", 0.80, 0.40, 1.20, "weight", "practised integrity that is not lived up to, against trust", "direction: Simons 2002; size assumed", 0, 5),
    Parameter("trust_lost_to_fear", 0.30, 0.15, 0.45, "weight", "fear for jobs, against trust", "direction: Brougham & Haar 2018; size assumed"),
    # Practices
    Parameter("practice_room", 3.0, 1.5, 5.0, "practices", "full practices that a company can keep up at once; more are done by halves", "assumed", 0.1, 50),
    Parameter("practice_rate", 0.060, 0.030, 0.100, "per week", "pace at which a practice takes hold while leaders have time", "assumed"),
    Parameter("practice_fades", 0.040, 0.020, 0.080, "per week", "pace at which a practice fades once it is given up", "assumed"),
    # Technology
    Parameter("routine_share", 0.50, 0.30, 0.70, "share", "work that is routine, where no task is complex", "assumed", 0, 0.95),
    Parameter("automation_rate", 0.15, 0.08, 0.25, "per week", "pace at which automation is brought in", "assumed"),
    Parameter("adoption_dip", 1.50, 0.75, 2.50, "1", "working time lost per unit of technology that is unfamiliar", "form: Brynjolfsson et al. 2021, McAfee 2002 (worse performance in the months after a start); size assumed", 0, 5),
    Parameter("adoption_learning", 0.150, 0.080, 0.250, "per week", "pace at which new technology is learned by those who are ready for it", "assumed"),
    Parameter("training_rate", 0.060, 0.030, 0.100, "per week", "readiness gained by full training", "assumed"),
    Parameter("job_threat", 4.00, 2.00, 6.00, "1", "fear for jobs per unit of unfamiliar technology, if nobody talks about it", "direction: Brougham & Haar 2018; size assumed", 0, 50),
    Parameter("fear_rate", 0.080, 0.040, 0.140, "per week", "pace at which fear follows its causes", "assumed"),
    Parameter("strain_of_fear", 0.20, 0.10, 0.30, "1", "strain of full fear for jobs", "direction: Brougham & Haar 2018; size assumed", 0, 5),
    Parameter("assistance_quality", 0.90, 0.75, 0.98, "share", "competence of the best that help at work passes on", "assumed"),
    Parameter("tools_help_judgement", 0.35, 0.15, 0.55, "share", "error variance of decisions removed by full use of tools that help to judge", "assumed"),
    # Turnover
    Parameter("quit_base", 0.003978, 0.0020, 0.0055, "per week", "hazard of leaving at ordinary morale, commitment, strain and trust", "US JOLTS: quits of 2.0-2.5% a month"),
    Parameter("quit_morale", 2.434, 1.20, 5.00, "1", "log hazard per unit of morale", "Griffeth et al. 2000 (r -.19)", 0, 20),
    Parameter("quit_commitment", 1.227, 0.50, 2.00, "1", "log hazard per unit of commitment", "Griffeth et al. 2000", 0, 20),
    Parameter("quit_strain", 1.138, 0.50, 2.00, "1", "log hazard per unit of strain", "assumed", 0, 20),
    Parameter("quit_trust", 0.8344, 0.40, 1.60, "1", "log hazard per unit of trust", "assumed", 0, 20),
    Parameter("quit_newcomer", 0.9, 0.30, 1.50, "1", "added hazard of a newcomer, fading over half a year", "direction: Griffeth et al. 2000; size assumed", 0, 20),
    Parameter("vacancy_weeks", 7.5, 3.0, 12.0, "weeks", "time to fill a position in an ordinary labour market", "assumed", 1, 104),
    Parameter("newcomer_competence", 0.4229, 0.25, 0.45, "0-1", "mean competence at hire", "assumed, with Mellon 2003"),
    # Innovation
    Parameter("idea_rate", 0.045, 0.020, 0.080, "per person-week", "ideas of an ordinarily creative person with all it takes", "assumed"),
    Parameter("trial_pace", 0.05, 0.02, 0.10, "per week", "share of ideas tried where plans are never revisited", "assumed"),
    Parameter("iteration_tries", 0.25, 0.12, 0.40, "per week", "further share tried where plans are revisited all the time", "assumed"),
    Parameter("idea_success", 0.45, 0.25, 0.65, "share", "ideas tried that prove good, with good judgement", "assumed"),
    Parameter("idea_improves", 0.07268, 0.020, 0.090, "0-1 per idea per head", "process quality gained by an adopted idea", "assumed", 0, 5),
    Parameter("idea_fits", 0.06, 0.02, 0.12, "0-1 per idea per head", "strategic fit gained by an adopted idea", "assumed", 0, 5),
    Parameter("process_rate", 0.03665, 0.020, 0.080, "per week", "pace at which the process follows the quality of decisions", "assumed"),
    Parameter("replanning_unsettles", 0.15, 0.05, 0.25, "0-1", "process quality lost to constant replanning of work that is always the same", "direction: March 1991; size assumed"),
    # Market, customers
    Parameter("market_drift", 0.050, 0.025, 0.080, "0-1 per week", "strategic fit lost each week in a wholly turbulent market", "assumed"),
    Parameter("adaptation", 0.160, 0.080, 0.280, "per week", "gap in fit closed by full sensing and deciding", "assumed"),
    Parameter("sensing_base", 0.15, 0.09, 0.21, "weight", "what a team notices of the market anyway", "assumed"),
    Parameter("sensing_of_data", 0.3, 0.18, 0.42, "weight", "use of data, in noticing the market", "assumed"),
    Parameter("sensing_of_iteration", 0.3, 0.18, 0.42, "weight", "frequent replanning, in noticing the market", "assumed"),
    Parameter("sensing_of_ears", 0.25, 0.15, 0.35, "weight", "ears at the front line, in noticing the market", "assumed"),
    Parameter("customers_base", 0.15, 0.09, 0.21, "weight", "satisfaction that nothing here explains", "assumed"),
    Parameter("customers_of_process", 0.25, 0.15, 0.35, "weight", "process quality, in customer satisfaction", "direction: Hogreve et al. 2017; size assumed"),
    Parameter("customers_of_competence", 0.15, 0.09, 0.21, "weight", "competence, in customer satisfaction", "assumed"),
    Parameter("customers_of_speed", 0.2, 0.12, 0.28, "weight", "speed, in customer satisfaction", "assumed"),
    Parameter("customers_of_morale", 0.15, 0.09, 0.21, "weight", "morale at the counter, in customer satisfaction", "direction: Hogreve et al. 2017; size assumed"),
    Parameter("customers_of_power", 0.2, 0.12, 0.28, "weight", "power to help on the spot, in customer satisfaction", "assumed"),
    Parameter("customers_of_standing", 0.15, 0.05, 0.25, "weight", "standing by conduct, in customer satisfaction", "direction: Hoch et al. 2018; size assumed"),
    Parameter("reputation_of_standing", 0.40, 0.20, 0.60, "share", "what reputation lacks that full standing makes up", "assumed"),
    Parameter("standing_rate", 0.015, 0.008, 0.030, "per week", "pace at which conduct becomes known", "assumed"),
    Parameter("price_of_reputation", 0.30, 0.10, 0.50, "share per unit of reputation", "price that a good name fetches above an ordinary one", "direction: Homburg, Koschate & Hoyer 2005; size assumed"),
    Parameter("customer_rate", 0.080, 0.040, 0.140, "per week", "pace at which customers' satisfaction follows what they get", "assumed"),
    Parameter("reputation_rate", 0.025, 0.010, 0.050, "per week", "pace at which reputation follows satisfaction", "assumed"),
    Parameter("demand_rate", 0.030, 0.010, 0.060, "per week", "pace at which demand follows satisfaction and fit", "assumed"),
    Parameter("demand_elasticity", 0.60, 0.30, 0.90, "1", "demand gained per unit of satisfaction and fit above the ordinary", "assumed", 0, 10),
)  # fmt: skip

BY_NAME = {parameter.name: parameter for parameter in PARAMETERS}
"""The parameter of each name."""
