"""What a probe of two numbers and a text costs, off and on, with the plugin's descriptions and
without."""
import os
import statistics
import subprocess

import counting
import tables
from goals import Figure
from recording import calls_in

SHARE = 10  # of the calls of a probe that is off, those of one that is on


class Probes:
    def __init__(self, workshop):
        self.tool = workshop.tool
        self.workspace = workshop.path('probes.omni')
        self.plain, self.alone, self.described = (
            workshop.program(f'probe {way}', *options, sources=('probe.cc',))
            for way, options in (('plain', ()), ('alone', ('-DPROBE',)),
                                 ('described', ('-DPROBE', '-fomni-start=standby'))))

    def instructions(self):
        """Of a probe that is off."""
        return counting.per_call([self.alone]) - counting.per_call([self.plain])

    def clear(self):
        if os.path.exists(self.workspace):
            os.unlink(self.workspace)

    def time(self, program, calls, mode='standby'):
        environment = {**os.environ, 'OMNITRACE_MODE': mode, 'OMNITRACE_OUT': self.workspace}
        return float(subprocess.run([program, str(calls)], check=True, env=environment,
                                    capture_output=True, text=True).stdout)

    def recorded(self, program, calls):
        """Nanoseconds and bytes of a probe, and how many are missing."""
        self.clear()
        took = self.time(program, calls, 'record')
        return (took, os.path.getsize(self.workspace) / calls,
                calls - calls_in(self.tool, self.workspace))


def figures(workshop, calls, runs):
    probes = Probes(workshop)
    off, alone, described, sizes, lost = [], [], [], [], 0
    for _ in range(runs):
        tables.progress('probes')
        plain = probes.time(probes.plain, calls)
        off.append(probes.time(probes.alone, calls) - plain)
        took, size, missing = probes.recorded(probes.alone, calls // SHARE)
        alone.append(took - plain)
        sizes.append(size)
        lost = max(lost, missing)
        described.append(probes.recorded(probes.described, calls // SHARE)[0] - plain)
    probes.clear()
    found = {'probe off': Figure(statistics.median(off)),
             'probe on': Figure(statistics.median(described)),
             'probe alone': Figure(statistics.median(alone)),
             'probe bytes': Figure(statistics.median(sizes)),
             'probes lost': Figure(lost)}
    if not counting.MISSING:
        found['probe instructions'] = Figure(probes.instructions())
    return found
