"""Free functions, in all kinds of namespaces."""
from body import Body, account
from calls import Function, make_signature, order_of

SCOPES = {'': ('foo::', 'foo::'), 'namespace {': ('foo::', 'foo::(anonymous namespace)::'),
          'namespace inner {': ('foo::inner::', 'foo::inner::'),
          'inline namespace v1 {': ('foo::', 'foo::')}


def make_functions(world, count):
    """Prototypes and definitions: the prototypes stand before the classes, which call them."""
    made = [choose_function(world) for _ in range(count)]
    return ([line for each in made for line in wrap(each, [each['head'] + ';'])],
            lambda: [line for each in made for line in define(world, each)])


def choose_function(world):
    rng = world.rng
    scope = rng.choice(['', '', '', *SCOPES])
    name = world.fresh('function')
    called, logged = (prefix + name for prefix in SCOPES[scope])
    params, result = make_signature(Body(world, ''), 4)
    noexcept = rng.choice([False, False, False, True])
    head = (rng.choice(['', '', 'static ', 'inline ', '[[gnu::noinline]] ']) +
            f'{result.name if result else "void"} {name}'
            f'({", ".join(each.declaration() for each in params)})' +
            (' noexcept' if noexcept else ''))
    world.functions.append(Function(called, params, result, order_of(params, result)))
    return {'scope': scope, 'head': head, 'logged': f'"{logged}"', 'params': params,
            'result': result, 'noexcept': noexcept}


def wrap(function, lines):
    scope = function['scope']
    return [f'namespace foo {{ {scope}', *lines, '} }' if scope else '}']


def define(world, function):
    body = Body(world, function['logged'], function['result'])
    tried = not function['noexcept'] and world.rng.random() < 0.15
    first = account(function['logged'], function['params'], 'TriedCall' if tried else 'Call')
    lines = body.lines(first, function['params'], world.rng.randint(2, 4), not function['noexcept'])
    if tried:
        return wrap(function, [function['head'], 'try {', *lines, *handlers(world, function), '}'])
    return wrap(function, [function['head'] + ' {', *lines, '}'])


def handlers(world, function):
    """Of a function-try-block; what they catch tells nothing when it goes."""
    body = Body(world, function['logged'], function['result'], 1000, (), 2)
    caught = world.rng.choice(world.exceptions_before(1))
    return [f'}} catch ({caught.caught(world.rng)}) {{', 'check::Handler call;',
            'unsigned acc = 7u;', caught.digest, *body.block(1), body.return_line(),
            '} catch (...) {', 'check::Handler call;', 'throw;']
