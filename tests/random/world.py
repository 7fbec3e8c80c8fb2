"""Everything that a program has defined so far."""
import calls
import fixtures
import objects
import scopes
import statements

DEEPEST = 2


class World:
    def __init__(self, rng):
        self.rng = rng
        self.types, self.functions, self.classes, self.exceptions = [], [], [], []
        self.numbers = 0

    def number(self):
        self.numbers += 1
        return self.numbers

    def fresh(self, prefix):
        return f'{prefix}{self.number()}'

    def exceptions_before(self, order):
        return [each for each in self.exceptions if each.order < order]

    def statement(self, body):
        choices = (statements.STATEMENTS + calls.STATEMENTS + fixtures.STATEMENTS +
                   objects.STATEMENTS)
        if body.level <= DEEPEST:
            choices = choices + scopes.STATEMENTS
        makers, weights = zip(*choices)
        return self.rng.choices(makers, weights)[0](body)
