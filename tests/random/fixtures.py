"""Statements that use fixtures.h."""


def throwing(body):
    name = body.world.fresh('o')
    return [f'foo::Throwing {name}(int(acc % 9u));', f'acc += unsigned({name}.twice());']


def allocated(body):
    name = body.world.fresh('o')
    function = body.rng.choice(['half', 'thrice'])
    use = body.rng.choice([f'{name}->{function}()',
                           f'((*{name}).*(&foo::Allocated::{function}))()'])
    return [f'check::Owner<foo::Allocated> {name}(new foo::Allocated(int(acc % 9u)));',
            f'acc = check::Mix(acc, {use});']


def variadic(body):
    values = ', '.join(f'int(acc % {each}u)' for each in range(2, 2 + body.rng.randint(1, 8)))
    return [f'acc = check::Mix(acc, foo::total({values.count("int")}, {values}));']


def constant(body):
    call = body.rng.choice(['foo::power(int(acc % 9u))', 'foo::power(2, int(acc % 4u))'])
    name = body.world.fresh('v')
    return [f'constexpr int {name} = foo::power({body.rng.randint(2, 5)});',
            f'acc = check::Mix(acc, {call}) + {name};']


def fail(body):
    return [f'if (acc % {body.rng.randint(3, 6)}u == 1) foo::fail(acc);']


STATEMENTS = [(throwing, 0.4), (allocated, 0.4), (variadic, 0.3), (constant, 0.3), (fail, 0.7)]
