// What `omnitrace select` takes: the tool checks and documents it, omnitrace-select, which the tool
// becomes, reads it.
#ifndef OMNITRACE_TOOLS_SELECT_USAGE_H_
#define OMNITRACE_TOOLS_SELECT_USAGE_H_

#include "tools/support/command_line.h"

namespace omnitrace::tools {

inline constexpr Option kSelectOptions[] = {
    {'p', "build", "BUILD", "the folder of compile_commands.json (here)"},
    {0, "exclude", "LIST", "the same globs, taken out again, as -fomni-exclude"},
    {0, "min-lines", "N", "leave out functions whose body has fewer lines"},
    {0, "explain", "", "list those that are not traced, too, with the reason"},
    {0, "json", "", "one JSON object per function and line"},
    {'j', "jobs", "N", "parse N files at a time (as many as there are processors)"},
};

inline const Usage kSelectUsage = {
    "-p BUILD LIST [FILE...]",
    "Lists the functions that -fomni-ns=LIST would trace, without building anything: parses the "
    "files of BUILD/compile_commands.json, or those of them that are named, and asks the plugin's "
    "own selector. Each line is what the compiler says with -fomni-explain. What the commands "
    "themselves say of -fomni options does not count.\n\n"
    "Exit status 1 means that nothing is selected, or that a file could not be parsed.",
    {{"Options", kSelectOptions}},
    1};

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_SELECT_USAGE_H_
