"""Classes whose special members tell of themselves: values, and hierarchies with virtual bases."""
from body import Body
import members
from values import Type, describe, describe_fields


class Class:
    """A class and what the generator has to know about it."""

    def __init__(self, world, order, kind):
        self.world, self.rng, self.order, self.kind = world, world.rng, order, kind
        self.name = f'{kind.capitalize()}{order}'
        self.full = f'foo::{self.name}'
        self.bases = []  # (class, is virtual)
        self.fields = []  # (name, type)
        self.members = []  # Functions
        self.virtuals = []  # of roots: (name, params, result)
        self.throws = world.rng.random() < 0.4  # its constructor may
        self.type = Type(self.full, self.make, order, told=False, destroyed=1,
                         aligned=world.rng.random() < 0.1)

    def make(self, rng):
        return f'{self.full}(int(acc % {rng.randint(3, 30)}u))'

    def is_polymorphic(self):
        return self.kind == 'node'

    def is_told(self):
        """Whether accounts have the fields of its objects."""
        return not self.is_polymorphic() and not self.bases

    def virtual_bases(self):
        """In order of construction."""
        found = []
        for base, is_virtual in self.bases:
            for each in base.virtual_bases() + ([base] if is_virtual else []):
                if each not in found:
                    found.append(each)
        return found

    def fixed_bases(self):
        return [base for base, is_virtual in self.bases if not is_virtual]

    def owned(self):
        """All classes that are no virtual base of this one, but part of it."""
        return {self}.union(*(base.owned() for base in self.fixed_bases()))

    def roots(self):
        found = [] if self.bases else [self]
        for base, _ in self.bases:
            found += [each for each in base.roots() if each not in found]
        return found

    def destroyed_parts(self):
        """How many destructors of members and fixed bases tell of themselves."""
        return sum(type_.destroyed for _, type_ in self.fields) + len(self.fixed_bases())

    def create(self, body):
        """Lines, and the text of an object and the class it is used as."""
        name, made = body.world.fresh('o'), f'int(acc % {body.rng.randint(2, 20)}u)'
        kind = body.rng.random()
        if not self.is_polymorphic() or kind < 0.3:
            return [f'{self.full} {name}({made});'], name, self
        used = body.rng.choice([self] + [base for base, _ in self.bases])
        if kind < 0.7:
            return ([f'check::Owner<{used.full}> {name}(new {self.full}({made}));'], f'(*{name})',
                    used)
        return [f'{self.full} {name}d({made});', f'{used.full}& {name} = {name}d;'], name, used

    def may_throw(self):
        """Its constructors, or those of a part."""
        parts = [base for base, _ in self.bases] + self.virtual_bases()
        parts += [each for each in self.world.classes
                  if each.type in [type_ for _, type_ in self.fields]]
        return self.throws or any(each.may_throw() for each in parts)

    def define(self):
        return define(self)

    def body(self, function, result=None, variables=()):
        return Body(self.world, f'"{self.full}::{function}"', result, self.order,
                    [(name, type_, False) for name, type_ in self.fields] + list(variables), 2)


def may_join(bases, base, is_virtual):
    """No base twice, so that no conversion is ambiguous."""
    for other, other_is_virtual in bases:
        virtual = set(other.virtual_bases()) | ({other} if other_is_virtual else set())
        owned = set() if other_is_virtual else other.owned()
        all_of = owned.union(virtual, *(each.owned() for each in virtual))
        new_virtual = set(base.virtual_bases()) | ({base} if is_virtual else set())
        new_owned = set() if is_virtual else base.owned()
        new_all = new_owned.union(new_virtual, *(each.owned() for each in new_virtual))
        if (all_of & new_all) - (virtual & new_virtual):
            return False
    return True


def fits(class_, type_):
    return class_.type.aligned or not type_.aligned


def choose_bases(class_, candidates):
    rng = class_.rng
    for base in rng.sample(candidates, min(len(candidates), rng.choice([0, 1, 1, 2, 2, 3]))):
        is_virtual = rng.random() < 0.4
        if may_join(class_.bases, base, is_virtual):
            class_.bases.append((base, is_virtual))


def choose_fields(class_, body):
    types = [each for each in body.types() if each.nested and fits(class_, each)]
    for _ in range(class_.rng.choice([0, 1, 1, 2, 3])):
        class_.fields.append((class_.world.fresh('m'), class_.rng.choice(types)))


def define(class_):
    rng = class_.rng
    choose_bases(class_, [each for each in class_.body('').classes()
                          if each.kind == class_.kind and fits(class_, each.type)])
    choose_fields(class_, class_.body(''))
    aligned = 'alignas(128) ' if class_.type.aligned else ''
    bases = ', '.join(rng.choice(['virtual public ', 'public virtual ']) + base.full if is_virtual
                      else f'public {base.full}' for base, is_virtual in class_.bases)
    lines = [f'struct {aligned}{class_.name}{" : " if bases else ""}{bases} {{',
             *(f'{type_.name} {name};' for name, type_ in class_.fields),
             *members.specials(class_), *members.others(class_), '};']
    lines = ['namespace foo {', *lines, '}']
    if class_.is_told():
        return lines + describe_fields(class_.full, [field for field, _ in class_.fields])
    return lines + describe(class_.full, 'return check::kAny;')
