"""A whole program."""
import random
import re

from body import Body
import calls
import class_templates
from classes import Class
import endings
import exceptions
import functions
import jumps
import source
import templates
import values
from world import World
from wrappers import Wrapper

HEADERS = ['<algorithm>', '<functional>', '<memory>', '<stdexcept>', '<string>', '<vector>',
           '"accounts.h"', '"fixtures.h"', '"outside.h"']


def generate(seed, size):
    rng = random.Random(seed)
    world = World(rng)
    world.types, lines = values.make_values(rng, size // 2)
    world.exceptions = exceptions.simple_exceptions(
        rng, [each for each in world.types
              if each.name.startswith('foo::Plain') and not each.aligned])
    lines += class_templates.make_class_template(world)
    made = declare_classes(world, size)
    for each in made:
        lines += [f'namespace foo {{ struct {each.name}; }}',
                  f'template <> struct check::JsonText<{each.full}>;']
    groups = [functions.make_functions(world, 2 * size), templates.make_templates(world),
              jumps.make_jumps(world)]
    for prototypes, _ in groups:
        lines += prototypes
    for each in made:
        lines += each.define()
    for _, definitions in groups:
        lines += definitions()
    implicit = [f'// implicit: {each.name}' for each in world.types if
                re.match('foo::(Plain|Wrapper)', each.name)]
    return source.render([f'// Seed {seed}, size {size}.', *implicit,
                          *(f'#include {each}' for each in HEADERS), *lines,
                          *globals_of(world), *main(world)])


def declare_classes(world, size):
    kinds = ['error', 'value', 'node'] + world.rng.choices(['error', 'value', 'node'], k=size)
    made = [Class(world, order, kind) for order, kind in enumerate(sorted(kinds), 2)]
    world.exceptions += [exceptions.class_exception(each) for each in made if not each.type.aligned]
    made.append(Wrapper(world, len(made) + 2))
    world.classes += made
    world.types += [each.type for each in made]
    return made


def globals_of(world):
    """Objects from before main to after it; no constructor may throw there."""
    calm = [each for each in world.classes if isinstance(each, Class) and not each.may_throw()]
    return [f'namespace foo {{ static {each.full} {world.fresh("global")}({number}); }}'
            for number, each in enumerate(calm[:2])]


def main(world):
    lines = ['int main() {', 'std::setvbuf(stdout, nullptr, _IONBF, 0);', 'unsigned acc = 1u;']
    body = Body(world, '"main"')
    for _ in range(8):
        lines += [f'check::log.AllowMore({world.rng.randint(30, 300)});', 'try {',
                  *call_some(body), '} catch (...) {', 'acc += 11u;', '}', 'check::Print(acc);']
        body.variables = []
    return [*lines, *endings.some(world.rng), '}']


def call_some(body):
    return calls.call_function(body) + calls.use_object(body)
