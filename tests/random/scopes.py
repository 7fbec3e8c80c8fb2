"""Statements that contain statements: loops, jumps, handlers, lambdas."""
from body import Body, account
from calls import call_lines, make_signature, takes_digest


def branch(body):
    return [f'if (acc % {body.rng.randint(2, 4)}u == 1) {{', *body.block(2),
            '} else {', *body.block(1), '}']


def loop(body):
    name, times = body.world.fresh('i'), body.rng.randint(2, 4)
    last = body.rng.choice(['', f'if (acc % 5u == 1) break;', f'if (acc % 3u == 1) continue;'])
    start = {'for': [f'for (int {name} = 0; {name} < {times}; ++{name}) {{'],
             'while': [f'int {name} = 0;', f'while ({name}++ < {times}) {{'],
             'do': [f'int {name} = 0;', 'do {']}
    kind = body.rng.choice(list(start))
    end = f'}} while (++{name} < {times});' if kind == 'do' else '}'
    return [*start[kind], *body.block(2), last, *body.block(1), end]


def switch(body):
    lines = ['switch (acc % 4u) {']
    for label in ['case 0', 'case 1']:
        lines += [f'{label}: {{', *body.block(1), '}',
                  body.rng.choice(['break;', '[[fallthrough]];'])]
    return [*lines, 'default: {', *body.block(1), '}', '}']


def jump(body):
    """Forward out of a scope whose objects end, or backward a few times."""
    label = body.world.fresh('label')
    if body.rng.random() < 0.6:
        return ['{', *body.block(2), f'if (acc % 2u == 0) goto {label};', *body.block(1), '}',
                f'{label}:;']
    count = body.world.fresh('count')
    return [f'int {count} = 0;', f'{label}: {{', *body.block(2),
            f'if (++{count} < 3) goto {label};', '}']


def try_block(body):
    handlers, rng = [], body.rng
    kinds = rng.sample(body.world.exceptions_before(body.order), rng.randint(1, 2))
    for kind in kinds:
        handlers += [f'}} catch ({kind.caught(rng)}) {{', kind.digest, *body.block(1)]
    if rng.random() < 0.6:
        handlers += ['} catch (...) {', *body.block(1)]
    if rng.random() < 0.3:
        handlers.append(f'if (acc % {rng.randint(1, 3)}u == 0) throw;')
    return ['try {', *body.block(3), *handlers, '}']


def scope(body):
    return ['{', *body.block(3), '}']


def lambda_(body):
    world, rng = body.world, body.rng
    number, name = world.fresh('@'), world.fresh('lam')
    params, result = make_signature(body, 2)
    capture = rng.choice(['&', '=', '=', ''])
    captured = [] if capture == '' else [
        (text, type_, is_constant or capture == '=') for text, type_, is_constant in body.variables]
    own = f'check::Join({body.name}, "::(lambda {number}!)")'
    inner = Body(world, own, result, body.order, captured, body.level + 1)
    generic = rng.random() < 0.4
    head = ', '.join(each.generic() if generic else each.declaration() for each in params)
    arrow = f' -> {result.name}' if result else ' -> void'
    return [f'auto {name} = {number}[{capture}]({head}){rng.choice(["", " mutable"])}{arrow} {{',
            *inner.lines(account(own, params), params, 2), '};',
            *use_lambda(body, name, params, result)]


def use_lambda(body, name, params, result):
    lines = call_lines(body, name, params, result)
    if takes_digest(params, result):
        lines += [f'std::function<unsigned(unsigned)> {name}f = {name};',
                  f'acc += check::Apply({name}f, acc);']
    return lines


def local_class(body):
    name, object_ = body.world.fresh('Local'), body.world.fresh('o')
    own = f'check::Join({body.name}, "::{name}::'
    method = Body(body.world, f'{own}get")', None, body.order, (), 4)
    return [f'struct {name} {{', 'int n;', f'explicit {name}(int n) : n(n) {{',
            f'check::Call call({own}{name}"), check::Fields()("n", n));', '}', f'~{name}() {{',
            f'check::Destruction call({own}~{name}"), 0);', '}', 'void get() const {',
            *method.lines(account(method.name, []), (), 2), '}', '};',
            f'{name} {object_}(int(acc % 9u));', f'{object_}.get();']


STATEMENTS = [(branch, 2), (loop, 1), (switch, 0.7), (jump, 0.7), (try_block, 3), (scope, 1),
              (lambda_, 1.2),
              (local_class, 0.3)]
