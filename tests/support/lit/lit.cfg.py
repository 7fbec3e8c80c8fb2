"""How lit runs the tests of a folder: RUN lines are one bash script per file."""
import os
import lit.formats

config.test_format = lit.formats.ShTest(execute_external=True)
config.suffixes = ['.cc', '.test']
config.excludes = ['inputs']
config.pipefail = True

llvm_bin = os.path.join(config.llvm_dir, 'bin')
config.environment['PATH'] = os.pathsep.join([llvm_bin, os.environ['PATH']])
for name in list(config.environment):
    if name.startswith('OMNITRACE_'):
        del config.environment[name]

bin_dir = os.path.join(config.build_dir, 'bin')
config.substitutions += [
    (r'%omnitrace\b', os.path.join(bin_dir, 'omnitrace')),
    (r'%omni\b', os.path.join(bin_dir, 'omni-clang++')),
    (r'%clang\b', os.path.join(llvm_bin, 'clang++')),
    (r'%lib\b', os.path.join(config.build_dir, 'lib')),
    (r'%same_selection\b', os.path.join(os.path.dirname(__file__), '../same_selection.py')),
    (r'%check_copy\b', os.path.join(os.path.dirname(__file__), '../check_copy.sh') + ' ' + bin_dir),
    (r'%inputs\b', os.path.join(config.test_source_root, 'inputs')),
]
