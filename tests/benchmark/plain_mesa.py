"""A team as one would write it in Mesa alone, to compare with: plain Python, a few of our rules at their simplest."""

import mesa


class Leader(mesa.Agent):
    """Supports and directs a few people each week, as far as hours reach."""

    def step(self):
        hours = 26.0
        for person in self.model.agents_by_type[Employee].shuffle():
            need = 1.0 - person.competence
            given = min(hours, 4.0 * need)
            hours -= given
            person.directed = given / 4.0
            person.supported = self.model.support * (1.0 - person.morale)


class Employee(mesa.Agent):
    """Works, learns, tires, hears how others feel, and leaves when it is enough."""

    def __init__(self, model):
        super().__init__(model)
        self.join()

    def join(self):
        self.competence = self.rng.uniform(0.3, 0.9)
        self.morale = self.rng.uniform(0.4, 0.8)
        self.strain, self.directed, self.supported, self.output = 0.2, 0.0, 0.0, 0.0

    def step(self):
        load = self.model.demand / max(self.model.capacity, 0.1)
        self.strain += 0.1 * (min(load, 2.0) * 0.4 - self.strain)
        self.competence += 0.01 * (1.0 + self.directed) * (1.0 - self.competence)
        self.morale += 0.1 * (0.55 + self.supported - 0.4 * self.strain - 0.2 * self.directed - self.morale)
        self.morale += 0.05 * (self.model.mood - self.morale) + self.rng.normal(0.0, 0.02)
        self.morale = min(max(self.morale, 0.0), 1.0)
        self.output = self.competence * (0.5 + 0.5 * self.morale) * (1.0 - 0.3 * self.strain)
        if self.rng.random() < 0.005 * (1.5 - self.morale):
            self.join()


class PlainTeam(mesa.Model):
    """A leader and twelve people for two years, measured every week."""

    def __init__(self, support=0.3, people=12, rng=None):
        super().__init__(rng=rng)
        self.support, self.demand, self.capacity, self.mood = support, 7.0, 7.0, 0.6
        Leader.create_agents(self, 1)
        Employee.create_agents(self, people)
        measured = {name: lambda model, name=name: model.mean(name) for name in ("morale", "competence", "output")}
        self.datacollector = mesa.DataCollector(model_reporters=measured)

    def mean(self, name):
        return sum(self.agents_by_type[Employee].get(name)) / len(self.agents_by_type[Employee])

    def step(self):
        self.agents_by_type[Leader].do("step")
        self.agents_by_type[Employee].shuffle_do("step")
        self.capacity, self.mood = sum(self.agents_by_type[Employee].get("output")), self.mean("morale")
        self.demand = max(0.0, self.rng.normal(7.0, 1.0))
        self.datacollector.collect(self)
