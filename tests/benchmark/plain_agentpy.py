"""The team of plain_mesa.py as one would write it in AgentPy: plain Python, to compare with."""

import agentpy


class Employee(agentpy.Agent):
    """Works, learns, tires, hears how others feel, and leaves when it is enough."""

    def setup(self):
        self.join()

    def join(self):
        self.competence = self.model.nprandom.uniform(0.3, 0.9)
        self.morale = self.model.nprandom.uniform(0.4, 0.8)
        self.strain, self.directed, self.supported, self.output = 0.2, 0.0, 0.0, 0.0

    def work(self):
        load = self.model.demand / max(self.model.capacity, 0.1)
        self.strain += 0.1 * (min(load, 2.0) * 0.4 - self.strain)
        self.competence += 0.01 * (1.0 + self.directed) * (1.0 - self.competence)
        self.morale += 0.1 * (0.55 + self.supported - 0.4 * self.strain - 0.2 * self.directed - self.morale)
        self.morale += 0.05 * (self.model.mood - self.morale) + self.model.nprandom.normal(0.0, 0.02)
        self.morale = min(max(self.morale, 0.0), 1.0)
        self.output = self.competence * (0.5 + 0.5 * self.morale) * (1.0 - 0.3 * self.strain)
        if self.model.nprandom.random() < 0.005 * (1.5 - self.morale):
            self.join()


class Team(agentpy.Model):
    """A leader and some people, measured every week."""

    def setup(self):
        self.demand, self.capacity, self.mood = 7.0, 7.0, 0.6
        self.people = agentpy.AgentList(self, self.p.people, Employee)

    def step(self):
        hours = 26.0
        for person in self.people.shuffle():
            given = min(hours, 4.0 * (1.0 - person.competence))
            hours -= given
            person.directed, person.supported = given / 4.0, 0.3 * (1.0 - person.morale)
        self.people.shuffle().work()
        self.capacity, self.mood = sum(self.people.output), sum(self.people.morale) / len(self.people)
        self.demand = max(0.0, self.nprandom.normal(7.0, 1.0))

    def update(self):
        for name in ("morale", "competence", "output"):
            self.record(name, sum(getattr(self.people, name)) / len(self.people))


def plain_agentpy(replications, people=12, weeks=104):
    """One run after the other."""
    for seed in range(replications):
        Team({"people": people, "steps": weeks, "seed": seed}).run(display=False)
