"""Functions that longjmp leaves: they have no objects with destructors, so they log by hand."""
from body import Body, account
from calls import Function
from values import Param


def make_jumps(world):
    """Prototype and definitions."""
    leap, lands = world.fresh('leap'), world.fresh('lands')
    digest = next(each for each in world.types if each.name == 'unsigned')
    params = [Param('n', digest, 'value')]
    world.functions.append(Function(f'foo::{lands}', params, digest, 0))
    return ([f'namespace foo {{ unsigned {lands}(unsigned n); }}'],
            lambda: define(world, leap, lands, params))


def define(world, leap, lands, params):
    body = Body(world, f'"foo::{lands}"', params[0].type)
    # A call at once: a later one that lies deeper would still count as inside what is left.
    after = [f'{leap}(kept % 3u + 8u);'] + world.rng.choice([[], ['kept = kept + 7u;']])
    own = ['volatile unsigned kept = acc;', 'const size_t depth = check::log.Depth();',
           'if (setjmp(check::target) == 0) {', f'acc += {leap}(kept % 8u);', '} else {',
           'check::log.LeaveDownTo(depth);', 'acc = kept;', *after, '}']
    return ['namespace foo {', f'unsigned {leap}(unsigned n) {{',
            f'check::log.Enter("foo::{leap}", check::Fields()("n", n));',
            'if (n == 0) longjmp(check::target, 1);',
            f'unsigned result = n > 5 ? n : {leap}(n - 1) + 1;',
            'check::log.Leave("returned", std::to_string(result));', 'return result;', '}',
            f'unsigned {lands}(unsigned n) {{',
            *body.lines(account(body.name, params), params, 2, extra=own), '}', '}']
