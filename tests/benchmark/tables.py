"""Tables in Markdown, what to say meanwhile, and the part of the README that a script writes."""
import sys


def lines(titles, rows):
    title, *others = (f'| {" | ".join(row)} |' for row in (titles, *rows))
    return [title, '|---' * len(titles) + '|', *others]


def progress(text):
    if sys.stderr.isatty():
        print(f'\r\033[K{text}', end='' if text else '', file=sys.stderr, flush=True)


def write(path, name, text):
    """Replaces what stands between the marks of the script `name`."""
    begin, end = f'<!-- {name}: written by {name}.py --write -->\n', f'<!-- {name} end -->'
    with open(path, encoding='utf-8') as file:
        before, found, rest = file.read().partition(begin)
    _, closed, after = rest.partition(end)
    if not found or not closed:
        raise SystemExit(f'{path}: has to have the lines {begin.strip()} and {end}')
    with open(path, 'w', encoding='utf-8') as file:
        file.write(f'{before}{begin}\n{text}\n\n{end}{after}')
