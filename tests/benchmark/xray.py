"""XRay, Clang's own: sleds that are patched when recording starts. It records no values."""
import glob
import os
import re
import shutil
import subprocess
from dataclasses import replace

from programs import Recorder

HEADERS = '/usr/lib/llvm-19/lib/clang/19/include/xray/xray_log_interface.h'
BUFFER = 1 << 20
CALL = 16  # bytes in a buffer: an entry and an exit of 8 each


class Xray(Recorder):
    title = 'XRay, unpatched'
    missing = ('' if shutil.which('llvm-xray-19') and os.path.exists(HEADERS) else
               'apt-get install llvm-19 clang-19 libclang-rt-19-dev')
    share = 5

    def __init__(self, workshop):
        super().__init__(workshop.program(
            'xray', '-fxray-instrument', '-fxray-instruction-threshold=1',
            sources=('values.cc', 'repeat.cc', 'xray_start.cc')))


class XrayFdr(Xray):
    """With buffers for all calls, and none left out for being short, as is its default."""
    title = 'XRay, FDR mode'
    captures = 'neither'
    share = 0.1

    def __init__(self, workshop):
        super().__init__(workshop)
        self.base = workshop.path('xray-log.')
        self.environment = {'XRAY_OPTIONS': f'xray_logfile_base={self.base}'}

    def clear(self):
        for log in self.logs():
            os.unlink(log)

    def run(self, row, calls, threads=1):
        self.clear()
        buffers = 2 * calls * threads * CALL // BUFFER + 16
        self.environment['XRAY_START'] = (f'func_duration_threshold_us=0:buffer_size={BUFFER}:'
                                          f'buffer_max={buffers}')
        took = super().run(row, calls, threads)
        return replace(took, size=sum(map(os.path.getsize, self.logs())) / calls / threads)

    def logs(self):
        return glob.glob(glob.escape(self.base) + '*')

    def lost(self, row, calls):
        # `account` and `stack` read buffers in the wrong order, and then miss half of the calls.
        entry = f'<Function Enter: #{self.identifier(row)} '
        dump = subprocess.Popen(['llvm-xray-19', 'fdr-dump', *self.logs()], text=True,
                                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        entered = sum(line.startswith(entry) for line in dump.stdout)
        return 1 - entered / calls if dump.wait() == 0 else 1

    def identifier(self, row):
        shown = subprocess.run(['llvm-xray-19', 'extract', '--symbolize', self.program], check=True,
                               capture_output=True, text=True).stdout
        return re.search(rf"id: (\d+),[^}}]*'foo::{row.name}\(", shown)[1]
