"""Structs of classes whose special members the compiler writes."""
from values import Type, describe_fields


class Wrapper:
    kind = 'wrapper'

    def __init__(self, world, order):
        self.world, self.order, self.members = world, order, []
        self.name = f'Wrapper{order}'
        self.full = f'foo::{self.name}'
        self.fields = []
        self.type = Type(self.full, self.make, order, told=False)

    def make(self, rng):
        return f'{self.full}{{{", ".join(type_.make(rng) for _, type_ in self.fields)}}}'

    def may_throw(self):
        return True

    def create(self, body):
        name = body.world.fresh('o')
        return [f'{self.full} {name} = {self.make(body.rng)};'], name, self

    def define(self):
        rng = self.world.rng
        types = [each for each in self.world.types if each.nested and each.order < self.order]
        self.fields = [(self.world.fresh('m'), rng.choice(types[-6:]))
                       for _ in range(rng.randint(1, 3))]
        self.type.destroyed = sum(type_.destroyed for _, type_ in self.fields)
        return [f'namespace foo {{ struct {self.name} {{',
                *(f'{type_.name} {name};' for name, type_ in self.fields), '}; }',
                *describe_fields(self.full, [name for name, _ in self.fields])]
