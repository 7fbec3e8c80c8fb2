#!/usr/bin/env python3
"""Compares the values that a program's calls show with those that its comments expect.

  check_values.py --bin BIN --work FOLDER SOURCE [OPTION...]
      builds SOURCE with both standard libraries, at -O0 and -O2, with the options, tracing
      namespace values, runs it, and compares its calls, in order, with its comments, and
      with those of a copy of the workspace
  check_values.py --sanitized BIN WORK SOURCE...
      builds each SOURCE with sanitizers, and with the options of its RUN line: they must report
      nothing, and the calls show the same
  check_values.py --table SOURCE...
      prints the rows that the comments have for the README's table
  check_values.py --readme README SOURCE...
      says whether the README has that table
  check_values.py --write README SOURCE...
      puts it there

An expectation is a comment behind a call or on lines of its own below it, with addresses as 0x…:

  takes(Coin::nickel);  // Coin::nickel | "nickel"

on the left the text, on the right the JSON of every argument and of the result. A third part names
the kind of type in the README's table. What only one library shows follows as its own comment,
`// libc++: TEXT | JSON`.
"""
import glob
import json
import os
import re
import shutil
import subprocess
import sys

CHECK_COPY = os.path.join(os.path.dirname(os.path.abspath(__file__)),
                          '../../support/check_copy.sh')
BUILDS = [(library, level) for library in ('libstdc++', 'libc++') for level in ('-O0', '-O2')]
SANITIZED = [(library, ['-O1', '-g1', f'-fsanitize={names}', '-fno-sanitize-recover=all'])
             for library in ('libstdc++', 'libc++') for names in ('address,undefined', 'thread')]
RUN = re.compile(r'^// RUN: %values\b(.*)', re.MULTILINE)
COMMENT = re.compile(r'// (?:(?P<library>libstdc\+\+|libc\+\+): )?(?P<parts>.+ \| .+)$')
LIBRARY_NAME = re.compile(r'std::[\w:<>]+')
BEGIN = '<!-- values: written by check_values.py --write -->\n'
END = '<!-- values end -->\n'


class Expectation:
    def __init__(self, place, library, parts):
        self.place = place
        self.library = library
        self.text, self.json, *rest = parts
        self.row = rest[0] if rest else None


def expectations(source):
    """All comments of a program; one for a library follows the one that it replaces."""
    found = []
    with open(source, encoding='utf-8') as file:
        for number, line in enumerate(file, 1):
            comment = COMMENT.search(line)
            if comment:
                parts = [part.strip() for part in comment['parts'].split(' | ')]
                found.append(Expectation(f'{source}:{number}', comment['library'], parts))
    return found


def expected_with(library, found):
    chosen = []
    for expectation in found:
        if expectation.library is None:
            chosen.append(expectation)
        elif expectation.library == library:
            chosen[-1] = expectation
    return chosen


def run(*command, **options):
    done = subprocess.run(command, capture_output=True, text=True, check=False, **options)
    if done.returncode != 0:
        sys.exit(f'{" ".join(command)}: status {done.returncode}\n{done.stdout}{done.stderr}')
    return done.stdout


def record(source, options, tools, folder):
    """The calls of one build: pairs of a line of text and an object."""
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    program = os.path.join(folder, 'program')
    include = os.path.dirname(os.path.abspath(__file__))
    run(f'{tools}/omni-clang++', *options, '-I', include, '-fomni-ns=values', source, '-o', program)
    run(program, env={**os.environ, 'OMNITRACE_OUT': folder})
    omnitrace = f'{tools}/omnitrace'
    print(run(omnitrace, 'verify', folder), end='')
    run(CHECK_COPY, tools, *glob.glob(os.path.join(folder, '*.omni')))
    text = run(omnitrace, 'calls', '--stable', folder).splitlines()
    objects = run(omnitrace, 'calls', '--stable', '--json', folder).splitlines()
    return list(zip(text, map(json.loads, objects), strict=True))


def shown(name, args, result, value):
    """The end of a line of text whose arguments and result are all `value`."""
    arguments = ', '.join(f'{argument}={value}' for argument in args)
    return f'{name}({arguments})' + (f' -> {value}' if result else '')


def problems(found, calls):
    if len(found) != len(calls):
        yield f'{len(found)} expectations, but {len(calls)} calls'
    for expectation, (line, call) in zip(found, calls):
        result = [call['return']] if 'return' in call else []
        text = shown(call['name'], call['args'], result, expectation.text)
        if not line.endswith(' ' + text):
            yield f'{expectation.place}: expected text\n  {text}\ngot\n  {line}'
        for value in [*call['args'].values(), *result]:
            if json.dumps(value) != json.dumps(json.loads(expectation.json)):
                got = json.dumps(value, ensure_ascii=False)
                yield f'{expectation.place}: expected JSON\n  {expectation.json}\ngot\n  {got}'


def check(tools, work, source, *options):
    found = expectations(source)
    failed = not found
    for library, level in BUILDS:
        folder = os.path.join(work, library + level)
        calls = record(source, [f'-stdlib={library}', level, *options], tools, folder)
        for problem in problems(expected_with(library, found), calls):
            print(f'{library} {level}: {problem}')
            failed = True
    return failed


def check_sanitized(tools, work, *sources):
    failed = False
    for source in sources:
        with open(source, encoding='utf-8') as file:
            options = RUN.search(file.read())[1].split()
        for library, flags in SANITIZED:
            calls = record(source, [f'-stdlib={library}', *flags, *options], tools, work)
            for problem in problems(expected_with(library, expectations(source)), calls):
                print(f'{library} {" ".join(flags)}: {problem}')
                failed = True
    return failed


def table(sources):
    rows = ['| C++ | text | JSON |\n', '|---|---|---|\n']
    for source in sorted(sources):
        for row in expectations(source):
            if row.row:
                kind = LIBRARY_NAME.sub(r'`\g<0>`', row.row)
                rows.append(f'| {kind} | `{row.text}` | `{row.json}` |\n')
    return ''.join(rows)


def readme(path, sources, write):
    with open(path, encoding='utf-8') as file:
        before, rest = file.read().split(BEGIN)
    present, after = rest.split(END)
    wanted = '\n' + table(sources) + '\n'
    if write:
        with open(path, 'w', encoding='utf-8') as file:
            file.write(before + BEGIN + wanted + END + after)
        return False
    if present != wanted:
        print(f'{path}: the table of values is not\n{wanted}')
    return present != wanted


def main(mode, *rest):
    if mode == '--table':
        print(table(rest), end='')
        return False
    if mode in ('--readme', '--write'):
        return readme(rest[0], rest[1:], write=mode == '--write')
    if mode == '--sanitized':
        return check_sanitized(*rest)
    return check(rest[0], *rest[2:])


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
