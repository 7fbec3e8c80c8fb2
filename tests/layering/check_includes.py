#!/usr/bin/env python3
"""Checks that includes point one way: a folder may include itself and what its row names.

Usage: check_includes.py SOURCE_DIR
"""
import pathlib
import re
import sys

# What the traced process may know of the workspace: constants and inline coding, no reader.
FORMAT = [f'runtime/workspace/{name}.h' for name in ('format', 'description', 'coding', 'glob',
                                                      'raw_encoding', 'signature', 'live_format',
                                                      'live_folder')]
READ = ['runtime/workspace/', 'tools/support/']
VIEW = READ + ['tools/model/']

# The innermost folder that has a row counts. Entries that end in / are folders.
ALLOWED = {
    'runtime/include': ['omnitrace/'],
    'runtime/workspace': ['absl/', 'nlohmann/'],
    'runtime/recording': FORMAT + ['omnitrace/', 'runtime/include/'],
    'plugin': FORMAT + ['clang/', 'llvm/'],
    'tools': VIEW + ['tools/', 'absl/', 'nlohmann/'],
    # The one set of status macros lies at the lower layer.
    'tools/support': ['runtime/workspace/status_macros.h', 'absl/', 'nlohmann/'],
    'tools/driver': ['tools/support/', 'absl/'],
    'tools/where': READ + ['absl/'],
    'tools/model': READ + ['tools/where/', 'absl/', 'nlohmann/'],
    'tools/live': READ + ['tools/where/', 'absl/'],
    'tools/output': VIEW + ['absl/', 'nlohmann/'],
    'tools/flamegraph': VIEW + ['tools/output/', 'absl/', 'nlohmann/'],
    # The engine's own headers, which nobody else includes.
    'tools/attach': READ + ['tools/where/', 'tools/live/', 'tools/output/value_json.h',
                            'absl/', 'nlohmann/', 'js/'],
    # The plugin's own selector, so that both give one answer.
    'tools/select': ['plugin/function_', 'plugin/options.h', 'plugin/unmatched_globs.h', 'clang/',
                     'llvm/', 'runtime/workspace/status_macros.h', 'tools/support/',
                     'tools/command.h', 'absl/', 'nlohmann/'],
    'tools/commands': VIEW + ['tools/live/', 'tools/command.h', 'tools/manual.h', 'tools/output/',
                              'tools/flamegraph/', 'tools/attach/attachment.h', 'tools/select/usage.h',
                              'absl/', 'nlohmann/'],
    'tools/topics': ['absl/'],
}
INCLUDE = re.compile(r'\s*#\s*include\s*["<]([^">]+/[^">]+)[">]')
SYSTEM = ('sys/', 'linux/', 'bits/', 'ext/', 'asm/')


def row_of(file):
    return next((folder for folder in map(str, file.parents) if folder in ALLOWED), None)


def violations(root, file):
    folder = row_of(file)
    if folder is None:
        return
    allowed = tuple(ALLOWED[folder] + [folder + '/']) + SYSTEM
    for number, line in enumerate((root / file).read_text().splitlines(), 1):
        include = INCLUDE.match(line)
        if include and not include[1].startswith(allowed):
            yield f'{file}:{number}: {folder} must not include {include[1]}'


def main(root):
    root = pathlib.Path(root)
    files = [file.relative_to(root) for top in ('plugin', 'runtime', 'tools')
             for pattern in ('*.h', '*.cc') for file in sorted((root / top).rglob(pattern))]
    if not files:
        sys.exit(f'{root}: no sources found')
    wrong = [message for file in files for message in violations(root, file)]
    print('\n'.join(wrong) or f'{len(files)} files, all includes point down')
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
