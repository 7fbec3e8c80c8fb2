"""The text of a program: indented, with the places of lambdas filled in."""
import re

START = re.compile(r'@(\d+)\[')  # of a lambda, at most one a line


def render(lines):
    text, places, depth = [], {}, 0
    for line in '\n'.join(lines).splitlines():
        depth_here = depth - (1 if line.startswith('}') else 0)
        line = '  ' * depth_here + line if line else ''
        depth += line.count('{') - line.count('}')
        start = START.search(line)
        if start:
            places[start[1]] = f'{len(text) + 1}:{start.start() + 1}'
            line = START.sub('[', line)
        text.append(line)
    return re.sub(r'@(\d+)!', lambda found: places[found[1]], '\n'.join(text)) + '\n'
