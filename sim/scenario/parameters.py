"""Every number of the model's mechanisms, declared once: default, plausible range, unit, meaning and source."""

from typing import NamedTuple


class Parameter(NamedTuple):
    """A number in a rule of the model.

    `symbol` stands for it in formulas, and for no other parameter; `label` is what people read beside a slider.
    `low`..`high` is the plausible range that sensitivity and robustness studies draw from; `floor`..`ceiling` what the
    rules can stand at all. `source` names a publication or says "assumed". `group` and `why`, the title of its group
    and why that matters, are filled in from the table below.
    """

    name: str
    symbol: str
    default: float
    low: float
    high: float
    unit: str
    label: str
    meaning: str
    source: str
    floor: float = 0.0
    ceiling: float = 1.0
    group: str = ""
    why: str = ""


class Group(NamedTuple):
    """Parameters that belong together: a title, what they have in common (if there is more to say), why they matter."""

    title: str
    note: str
    why: str
    parameters: tuple[Parameter, ...]


JDR = "form: job demands-resources model (Demerouti et al. 2001); size assumed"
VROOM = "direction: Vroom & Jago 1988; size assumed"
FIT = "form: person-environment fit (Edwards 1996); size assumed"

# Symbols. The letter: h hours; τ weeks of delay; ρ a pace per week; λ a pace of learning; σ a spread or weekly luck; ε an
# error of judgement; θ a threshold; κ a share that something takes away; φ a share of time or work; N a number of people
# or practices; otherwise what it adds to or sets (m morale, x strain, t trust, s safety, d shared direction, q quitting,
# c customers, n noticing the market, i ideas, w motivation, f freedom, u support, e effort, g gains, a ambiguity, k
# competence, y output, z new technology, l the leader's relations). The index: 0 the base; otherwise the cause, or whose it is.
GROUPS = (
    Group("Diagnosis", "", "Leaders who adapt to people can only adapt to what they see.", (
        Parameter("diagnosis_error", "σ_d", 0.339, 0.15, 0.50, "sd on 0-1", "How wrongly leaders see people", "error of a leader of diagnosis skill 0.5 in seeing competence and commitment", "direction: Heidemeier & Moser 2009 (ratings by leaders and by oneself r .3-.5); size assumed", 0, 5),
        Parameter("looking_sharpens", "κ_d", 0.3919, 0.15, 0.60, "share", "How much looking sharpens the picture", "diagnosis error removed by full weekly contact or full use of data", "assumed"),
    )),
    Group("Attention", "leader hours per head and week at full behaviour", "A leader's hours are scarce: what takes more of them is done less.", (
        Parameter("leading_hours", "h_l", 1.341, 0.50, 1.70, "h/head/week", "Hours to direct one person", "leader time for full direction of one person; the other ways of leading take fixed parts of it", "assumed", 0, 20),
        Parameter("hours_per_decision", "h_a", 0.6424, 0.30, 1.10, "h", "Hours to decide", "time that a decision takes of the closest person or of everybody who meets; deciding for others takes half as long again", "assumed", 0, 20),
        Parameter("leader_works", "φ_l", 0.5332, 0.20, 0.80, "share", "Spare leader hours that go into work", "of the hours that leading leaves, what goes into the team's own work", "assumed; owners of small firms work in their firm"),
        Parameter("waits_for_word", "φ_w", 0.443, 0.15, 0.55, "share", "Work that waits for instructions", "work held up where all direction is reserved to a leader who has no time for it or is away, in a team that is not used to leading itself", "directions: Lewin, Lippitt & White 1939; Meier & Bohte 2000; size assumed"),
    )),
    Group("Decisions", "", "Work waits for answers, and wrong answers cost more work.", (
        Parameter("delay_alone", "τ_a", 0.1826, 0.08, 0.30, "weeks", "How long deciding takes", "from question to answer when the leader decides alone and has time; to bring people together takes as long, and on the spot it takes half", "assumed", 0, 10),
        Parameter("answer_wait", "τ_q", 0.6187, 0.25, 1.00, "weeks", "Wait for whoever is busy, away or unsure", "wait for a leader half of whose hours go into decisions, for one who is never there, or for people none of whom is able and sure", "forms: Kleinrock 1975, a single server's queue; direction: Skogstad et al. 2007; size assumed", 0, 10),
        Parameter("delay_per_participant", "τ_p", 0.08331, 0.040, 0.120, "weeks/person", "Delay added by each who takes part", "added by each person who takes part", VROOM, 0, 1),
        Parameter("blocked_by_delay", "b_u", 0.675, 0.30, 0.90, "per urgent decision-week", "Work held up by late decisions", "work held up by waiting for urgent decisions", "assumed", 0, 10),
        Parameter("judgement_error", "ε_j", 2.896, 2.00, 4.00, "sd", "Misjudgement by the unskilled", "error of a wholly unskilled judge on a wholly complex question", "assumed", 0, 20),
        Parameter("knowledge_apart", "ε_k", 1.285, 0.50, 1.60, "sd", "Errors for lack of what others know", "error of whoever decides without what others know, at full complexity: local knowledge at the top, what others do on the spot", "directions: Vroom & Jago 1988; Siggelkow & Rivkin 2005; size assumed", 0, 20),
        Parameter("checking_corrects", "κ_e", 0.4082, 0.20, 0.60, "share", "How much checking improves decisions", "error variance that full use of data removes, and in novel work constant replanning", "assumed"),
    )),
    Group("Work", "", "It decides what skill and will come to in finished work.", (
        Parameter("guided_work", "g_d", 0.1547, 0.05, 0.40, "share", "How far guidance makes up for skill", "lacking competence made good by being told what and how", "size: Lorinkova et al. 2013, early gap of directive teams; assumed", 0),
        Parameter("effort_floor", "e_0", 0.6378, 0.40, 0.70, "share", "Effort of the uncommitted", "effort of a wholly uncommitted person", "assumed"),
        Parameter("compliance", "e_d", 0.1677, 0.05, 0.40, "share", "How far supervision makes up for will", "missing commitment made good by close supervision", "direction: Martin et al. 2013; size assumed"),
        Parameter("goals_spur", "e_c", 0.1794, 0.10, 0.40, "share", "How much high goals spur", "effort added by full challenge to a committed person who knows what is asked", "Locke et al. 1980 (median gain 16%, from 2 to 58%); Locke & Latham 1990 (d .42-.80)"),
        Parameter("mood_moves", "e_m", 0.3337, 0.05, 0.60, "share per unit of morale", "How much mood changes effort", "effort that a good mood adds and a bad one takes", "direction: Erez & Isen 2002; size assumed", 0, 2),
        Parameter("strain_slows", "e_x", 0.3342, 0.15, 0.45, "share", "How much strain slows work", "effort lost at full strain", "direction: Taris 2006; size assumed"),
        Parameter("colleagues_guide", "g_k", 0.7193, 0.40, 1.00, "share", "How far colleagues replace guidance", "guidance that able colleagues give in place of the leader", "form: substitutes for leadership (Kerr & Jermier 1978); size assumed"),
        Parameter("asking_guides", "a_q", 0.557, 0.35, 0.85, "share", "How much asking the leader clears up", "what is unclear that one can clear up by asking a leader who is there", "direction: Skogstad et al. 2007; size assumed"),
        Parameter("ambiguity_costs", "a_y", 0.1883, 0.10, 0.60, "share", "Work lost where roles are unclear", "work lost to full role ambiguity", "direction: Tubre & Collins 2000; size assumed"),
        Parameter("process_floor", "p_0", 0.5721, 0.45, 0.75, "share", "Work done in the worst process", "work that gets done in the worst process", "assumed"),
        Parameter("service_clears", "g_o", 0.064, 0.02, 0.12, "share", "Work gained by clearing the way", "work gained when all obstacles are removed by the leader", "assumed"),
        Parameter("output_luck", "σ_y", 0.1722, 0.05, 0.25, "sd", "Weekly luck in output", "week-to-week luck of a person's output", "assumed"),
        Parameter("ability_spread", "σ_a", 0.1958, 0.12, 0.32, "sd", "How much the equally skilled differ", "how much people of the same competence differ in output", "Hunter, Schmidt & Judiesch 1990: sd of output 19% of the mean in simple work, 32% in ordinary, 48% in complex, competence included", 0, 0.5),
        Parameter("conditions_spread", "σ_c", 0.04294, 0.02, 0.10, "sd on 0-1", "How much teams differ in pay and place", "how much teams differ in morale for reasons such as pay, place and hours", "assumed"),
        Parameter("circumstances_spread", "σ_z", 0.05912, 0.02, 0.10, "sd on 0-1", "How much teams differ in process", "how much teams differ in process for reasons that nobody there chose", "assumed"),
        Parameter("coaching_hours", "h_g", 1.718, 0.80, 3.00, "h/week", "Own hours that being coached takes", "own hours that coaching, support and feedback take at full measure, and that full use of data takes", "assumed", 0, 20),
        Parameter("replanning_hours", "h_p", 7.482, 5.00, 9.00, "h/week", "Own hours that replanning takes", "own hours that constant replanning takes", "Schwaber & Sutherland 2017: the events of a four-week sprint take up to 20 h, and refining the backlog up to 16 h, of 160", 0, 20),
        Parameter("onboarding_help", "h_h", 2.743, 1.00, 6.00, "h/newcomer/week", "Colleagues' hours for a newcomer", "colleagues' hours that a newcomer takes, at first", "assumed", 0, 40),
        Parameter("backlog_lost", "b_l", 0.1006, 0.05, 0.25, "per week", "Waiting work that customers withdraw", "share of waiting work that customers take elsewhere", "assumed"),
    )),
    Group("Learning", "", "Who has learned needs less guidance and gets more done.", (
        Parameter("learning_by_doing", "λ_p", 0.2579, 0.08, 0.30, "per week", "How fast people learn by practice", "approach to what can be reached, by practice of wholly motivated people who know what to do", "Mellon 2003: weeks to full productivity; form: Heathcote et al. 2000"),
        Parameter("plateau", "k_0", 0.535, 0.50, 0.75, "0-1", "Skill that mere experience leads to", "competence that experience leads to where nobody teaches and nothing may be decided", "form: Ericsson 2006; size assumed"),
        Parameter("plateau_spread", "k_s", 0.1452, 0.06, 0.20, "0-1", "How much further the ablest get", "how much further than the average the ablest get by practice", "assumed, with Hunter, Schmidt & Judiesch 1990"),
        Parameter("skill_loss", "λ_l", 0.007117, 0.0050, 0.0120, "per week", "How fast skills are lost unused", "competence lost in a week without use", "Arthur et al. 1998, Tatel & Ackerman: half of the gain in 6-13 months"),
        Parameter("skills_outdated", "λ_o", 0.005961, 0.0010, 0.0080, "per week", "How fast skills go out of date", "competence outdated each week in wholly novel work", "form: half-life of professional knowledge (Dubin 1972); size assumed, half in 3 years where all is new"),
    )),
    Group("Motivation and confidence", "", "Both make commitment, which decides effort and who stays.", (
        Parameter("autonomy_of_able", "f_k", 0.7243, 0.70, 1.10, "0-1", "Freedom that the able want", "autonomy wanted by the able and sure", FIT, 0, 3),
        Parameter("misfit_frustrates", "f_m", 0.566, 0.20, 1.20, "1", "How much the wrong freedom frustrates", "loss of autonomy felt per unit of autonomy withheld, and per unit beyond what somebody of half the competence can use", FIT, 0, 10),
        Parameter("need_meaning", "w_m", 0.1395, 0.05, 0.30, "weight", "How much meaning and fairness motivate", "meaning, and fairness, in motivation, where autonomy weighs .28, competence .37 and relatedness .25", "assumed"),
        Parameter("lacking_support", "u_l", 1.678, 0.90, 2.10, "1", "How much missing support hurts", "loss felt per unit of support wanted and not given; half as much where it is given and not wanted", "form: person-environment fit (Edwards 1996); direction of unwanted help: Deelstra et al. 2003; size assumed", 0, 10),
        Parameter("peers_support", "u_p", 0.3717, 0.20, 0.60, "share", "How far colleagues replace support", "lacking support that colleagues make up where it is wholly safe to ask them", JDR),
        Parameter("motivation_lift", "w_0", 0.2384, 0.10, 0.35, "0-1", "Motivation where no need is met", "motivation of a person whose every need is frustrated", "assumed"),
        Parameter("commitment_rate", "ρ_w", 0.03367, 0.020, 0.100, "per week", "How fast commitment changes", "pace at which motivation follows needs, and confidence success", "form: Bandura 1997; size assumed"),
        Parameter("encouragement", "κ_s", 0.5083, 0.15, 0.80, "share", "How much others' faith takes away doubt", "doubt removed by full support, or by responsibility that one is up to", "form: Bandura 1997, verbal persuasion; direction: Spreitzer 1995; size assumed"),
        Parameter("success_slope", "g_s", 0.9282, 0.70, 1.50, "1", "How much spare skill brings success", "success gained per unit of proficiency above what the task asks", "assumed", 0, 10),
        Parameter("self_view_spread", "σ_g", 0.4014, 0.10, 0.50, "sd on 0-1", "How much people misjudge themselves", "spread of how much too well or too badly people judge what they do", "form: Mabe & West 1982 (r .29 of self-evaluation and performance); size assumed", 0, 1),
    )),
    Group("Morale", "", "Morale moves effort, spreads to colleagues, and decides who stays.", (
        Parameter("morale_base", "m_0", 0.2382, 0.00, 0.40, "weight", "Morale that is there anyway", "morale that nothing here explains", "assumed"),
        Parameter("morale_of_needs", "m_n", 0.3802, 0.20, 0.70, "weight", "How much needs weigh in morale", "needs met, in morale", "direction: Van den Broeck et al. 2016; size assumed"),
        Parameter("morale_of_trust", "m_t", 0.1585, 0.05, 0.25, "weight", "How much trust weighs in morale", "trust, in morale", "direction: Dirks & Ferrin 2002; size assumed"),
        Parameter("morale_of_affect", "m_a", 0.2451, 0.08, 0.42, "weight", "How much temperament weighs in morale", "disposition, in morale", "direction: Thoresen et al. 2003 (about .34); size assumed"),
        Parameter("morale_of_ease", "m_e", 0.1082, 0.03, 0.20, "weight", "How much ease weighs in morale", "lack of strain, in morale", "assumed"),
        Parameter("morale_of_conditions", "m_c", 0.1816, 0.05, 0.30, "weight", "How much pay and place weigh in morale", "pay, place and hours, in morale", "Judge et al. 2010: pay and satisfaction .15"),
        Parameter("morale_lost_to_ambiguity", "m_u", 0.2383, 0.05, 0.60, "weight", "How much unclear roles cost morale", "role ambiguity, against morale", "direction: Jackson & Schuler 1985; size assumed"),
        Parameter("morale_lost_to_threat", "m_j", 0.1748, 0.08, 0.35, "weight", "How much a threat costs morale", "threat felt, against morale", "direction: Sverke, Hellgren & Näswall 2002 (job insecurity and satisfaction -.41); size assumed"),
        Parameter("morale_rate", "ρ_m", 0.1343, 0.06, 0.20, "per week", "How fast morale changes", "pace at which morale follows its causes", "assumed"),
        Parameter("private_spread", "σ_v", 0.1329, 0.04, 0.16, "sd on 0-1", "How much life outside moves morale", "spread of what life outside adds to morale", "share within persons: Ilies & Judge 2002; size assumed"),
        Parameter("private_pace", "ρ_v", 0.123, 0.04, 0.20, "per week", "How fast life outside changes", "pace at which what life outside adds comes back to nothing", "direction: Suh, Diener & Fujita 1996 (life events matter for three months); size assumed", 0.001),
        Parameter("contagion", "m_o", 0.1379, 0.05, 0.30, "share", "How catching others' mood is", "pull of colleagues' mood", "direction: Barsade 2002; size assumed"),
        Parameter("contrast", "m_x", 0.5047, 0.20, 1.20, "1", "How much people judge by what they know", "morale gained for each unit by which work is worth more than one is used to", "form: Helson 1964, Boswell et al. 2005; size assumed", 0, 5),
        Parameter("adaptation_rate", "ρ_h", 0.04784, 0.015, 0.080, "per week", "How fast people get used to things", "pace at which people get used to what they have", "Boswell et al. 2005: within a year", 0.001),
        Parameter("job_left", "m_h", 0.4291, 0.30, 0.60, "0-1", "What newcomers are used to", "what the job that newcomers left was worth to them, in morale", "direction: Boswell et al. 2005; size assumed"),
    )),
    Group("Strain", "", "Strain slows work, weighs on morale and drives people away.", (
        Parameter("strain_rate", "ρ_x", 0.07883, 0.040, 0.140, "per week", "How fast strain changes", "pace at which strain follows demands and resources", JDR),
        Parameter("strain_base", "x_0", 0.2995, 0.20, 0.40, "0-1", "Strain of ordinary work", "strain of ordinary work without help", JDR),
        Parameter("strain_of_demands", "x_d", 0.2814, 0.14, 0.42, "1", "How much demands strain", "strain of full overload, stretch, urgency, ambiguity or threat", JDR, 0, 5),
        Parameter("resources_relieve", "x_s", 0.1266, 0.07, 0.23, "1", "Strain that resources take away", "strain taken by full support, by full service or by fitting autonomy", JDR, 0, 5),
        Parameter("person_relieves", "x_r", 0.4431, 0.20, 0.60, "1", "How much a person weighs in strain", "difference in strain between the gloomiest and the sunniest disposition, and between the least and the most resilient", "direction: Thoresen et al. 2003, Xanthopoulou et al. 2007; size assumed", 0, 5),
    )),
    Group("Trust and climate", "", "Trust and a good climate let people speak up, decide by themselves and stay.", (
        Parameter("leader_differentiates", "l_r", 0.4309, 0.20, 0.90, "share", "How differently leaders treat people", "what those with the best relation get more of the leader than the average, and those with the worst less", "direction: Henderson et al. 2009; size assumed"),
        Parameter("trust_of_benevolence", "t_s", 0.3308, 0.20, 0.60, "weight", "How much benevolence weighs in trust", "support, recognition and service, in trust", "direction: Mayer et al. 1995, Dirks & Ferrin 2002; size assumed"),
        Parameter("trust_of_respect", "t_v", 0.2546, 0.10, 0.45, "weight", "How much respect weighs in trust", "having a say and a free hand, in trust", "direction: Dirks & Ferrin 2002; size assumed"),
        Parameter("trust_of_promises", "t_p", 0.3615, 0.15, 0.45, "weight", "How much kept promises weigh in trust", "promises kept, in trust", "direction: Dirks & Ferrin 2002; size assumed"),
        Parameter("trust_of_propensity", "t_w", 0.2852, 0.08, 0.40, "weight", "How much readiness to trust weighs", "propensity to trust, in trust", "direction: Colquitt et al. 2007; size assumed"),
        Parameter("trust_of_integrity", "t_i", 0.4588, 0.20, 0.60, "weight", "How much lived values weigh in trust", "practised integrity that is lived up to, in trust", "direction: Simons 2002; size assumed"),
        Parameter("trust_lost_to_threat", "t_j", 0.3026, 0.15, 0.45, "weight", "Trust lost to a threat", "threat felt, against trust", "direction: Sverke, Hellgren & Näswall 2002 (job insecurity and trust -.50); size assumed"),
        Parameter("trust_builds", "ρ_t", 0.02726, 0.010, 0.060, "per week", "How fast trust grows", "pace at which trust grows", "direction: Slovic 1993; size assumed"),
        Parameter("trust_breaks", "ρ_b", 0.1057, 0.050, 0.200, "per week", "How fast trust breaks", "pace at which trust falls", "direction: Slovic 1993; size assumed"),
        Parameter("safety_base", "s_0", 0.2179, 0.12, 0.28, "weight", "Safety to speak up that is there anyway", "psychological safety that nothing here explains", "assumed"),
        Parameter("safety_of_leading", "s_l", 0.7323, 0.50, 1.20, "weight", "How much leading makes it safe to speak", "support, tolerance of failure and participation together, in psychological safety", "direction: Frazier et al. 2017; size assumed", 0, 3),
        Parameter("safety_lost_to_direction", "s_d", 0.1699, 0.12, 0.28, "weight", "How much close direction silences", "close direction, against psychological safety", "assumed"),
        Parameter("direction_of_leading", "d_l", 0.9682, 0.60, 1.40, "weight", "How much leading gives a direction", "inspiration, instruction, exchange and replanning together, in shared direction", "direction: Judge, Piccolo & Ilies 2004 (initiating structure defines goals and roles); size assumed", 0, 3),
        Parameter("direction_of_expertise", "d_k", 0.388, 0.228, 0.532, "weight", "How much expertise gives a direction", "the team's expertise, in shared direction", "direction: Kerr & Jermier 1978; size assumed"),
        Parameter("climate_rate", "ρ_s", 0.06705, 0.030, 0.100, "per week", "How fast the climate changes", "pace of psychological safety, shared direction and self-leading", "assumed"),
    )),
    Group("Practices", "", "What a company takes up costs time at once and pays later.", (
        Parameter("practice_rate", "ρ_p", 0.07405, 0.030, 0.100, "per week", "How fast a practice takes hold", "pace at which a practice takes hold while leaders have time, and fades once it is given up", "assumed"),
    )),
    Group("Technology", "", "New technology takes work over, and first costs time and calm.", (
        Parameter("routine_share", "r_0", 0.4117, 0.30, 0.70, "share", "Work that is routine", "work that is routine, where no task is complex", "assumed", 0, 0.95),
        Parameter("adoption_dip", "z_d", 1.745, 0.75, 2.50, "1", "Time lost to unfamiliar technology", "working time lost per unit of technology that is unfamiliar", "form: Brynjolfsson et al. 2021, McAfee 2002 (worse performance in the months after a start); size assumed", 0, 5),
        Parameter("adoption_learning", "λ_a", 0.1357, 0.050, 0.200, "per week", "How fast new technology is learned", "pace at which new technology is learned by those who are ready for it, and people are made ready by training", "assumed"),
        Parameter("job_threat", "z_j", 4.152, 2.00, 6.00, "1", "How much new technology frightens", "fear for jobs per unit of unfamiliar technology, if nobody talks about it", "direction: Brougham & Haar 2018; size assumed", 0, 50),
        Parameter("fear_rate", "ρ_j", 0.09367, 0.040, 0.140, "per week", "How fast fear changes", "pace at which fear follows its causes", "assumed"),
        Parameter("assistance_quality", "k_a", 0.9421, 0.75, 0.98, "share", "Skill that help at work passes on", "of what the best get done, what help at work passes on", "assumed"),
    )),
    Group("Turnover", "", "Who leaves takes skill along, and whoever comes has to learn.", (
        Parameter("quit_base", "q_0", 0.003599, 0.0020, 0.0060, "per week", "How often people quit anyway", "hazard of leaving at ordinary morale and strain", "US JOLTS: quits of 2.0-2.5% a month"),
        Parameter("quit_morale", "q_m", 3.178, 1.50, 7.00, "1", "How much morale keeps people", "log hazard per unit of morale", "Griffeth et al. 2000 (r -.19)", 0, 20),
        Parameter("quit_strain", "q_x", 1.147, 0.50, 2.00, "1", "How much strain drives people away", "log hazard per unit of strain", "assumed", 0, 20),
        Parameter("quit_newcomer", "q_n", 0.9795, 0.30, 1.50, "1", "How much sooner newcomers quit", "added hazard of a newcomer, fading over half a year", "direction: Griffeth et al. 2000; size assumed", 0, 20),
        Parameter("vacancy_weeks", "τ_v", 7.277, 3.0, 12.0, "weeks", "How long a position stays empty", "time to fill a position in an ordinary labour market", "assumed", 1, 104),
        Parameter("newcomer_competence", "k_n", 0.374, 0.25, 0.45, "0-1", "Skill of newcomers", "mean competence at hire", "assumed, with Mellon 2003"),
    )),
    Group("Innovation", "", "Ideas that are tried improve the work and keep up with the market.", (
        Parameter("idea_rate", "i_0", 0.03667, 0.010, 0.060, "per person-week", "How often people have ideas", "ideas worth trying of an ordinarily creative person with all it takes", "assumed"),
        Parameter("trial_pace", "i_t", 0.06115, 0.02, 0.10, "per week", "How fast ideas are tried", "share of ideas tried where plans are never revisited", "assumed", 0.001),
        Parameter("idea_improves", "i_p", 0.06751, 0.020, 0.120, "0-1 per idea per head", "How much an idea improves", "process quality, and strategic fit, gained by an adopted idea", "assumed", 0, 5),
        Parameter("process_rate", "ρ_q", 0.04714, 0.020, 0.080, "per week", "How fast the process changes", "pace at which the process follows the quality of decisions", "assumed"),
        Parameter("replanning_unsettles", "p_r", 0.1644, 0.05, 0.25, "0-1", "How much replanning unsettles routine", "process quality lost to constant replanning of work that is always the same", "direction: March 1991; size assumed"),
    )),
    Group("Market, customers", "", "Customers decide how much work and money there is.", (
        Parameter("market_drift", "δ_m", 0.04697, 0.025, 0.080, "0-1 per week", "How fast the market moves on", "strategic fit lost each week in a wholly turbulent market", "assumed"),
        Parameter("adaptation", "ρ_g", 0.163, 0.070, 0.280, "per week", "How fast a company can adapt", "gap in fit closed by full sensing and deciding", "assumed"),
        Parameter("customers_of_morale", "c_m", 0.1629, 0.03, 0.30, "share", "How much good mood pleases customers", "morale at the counter, in customer satisfaction; the rest is service", "direction: Hogreve et al. 2017; Harter, Schmidt & Hayes 2002 (.32 over units)"),
        Parameter("customers_of_offer", "c_o", 0.3605, 0.10, 0.60, "weight", "How much the offer itself pleases customers", "product, price and place, in customer satisfaction", "direction: Fornell et al. 1996; size assumed"),
        Parameter("reputation_of_standing", "r_s", 0.3751, 0.20, 0.60, "share", "How much conduct makes the reputation", "what reputation lacks that full standing makes up", "assumed"),
        Parameter("price_of_reputation", "r_p", 0.2611, 0.10, 0.50, "share per unit of reputation", "Price that a good name fetches", "price that a good name fetches above an ordinary one", "direction: Homburg, Koschate & Hoyer 2005; size assumed"),
        Parameter("customer_rate", "ρ_k", 0.07311, 0.040, 0.140, "per week", "How fast customers' satisfaction changes", "pace at which customers' satisfaction follows what they get", "assumed"),
        Parameter("reputation_rate", "ρ_r", 0.02701, 0.010, 0.050, "per week", "How fast reputation and demand change", "pace at which conduct becomes known, reputation follows satisfaction, and demand both", "assumed"),
        Parameter("demand_elasticity", "η_n", 0.349, 0.10, 0.60, "1", "How much satisfied customers buy more", "demand gained per unit of satisfaction and fit above those of the first day", "direction: Otto, Szymanski & Varadarajan 2020 (satisfaction and performance of firms .10); size assumed", 0, 10),
    )),
)  # fmt: skip

PARAMETERS = tuple(
    parameter._replace(group=group.title, why=group.why) for group in GROUPS for parameter in group.parameters
)
"""Every parameter, in the order of the groups."""

BY_NAME = {parameter.name: parameter for parameter in PARAMETERS}
"""The parameter of each name."""
