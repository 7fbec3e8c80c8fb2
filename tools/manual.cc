#include "tools/manual.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"

namespace omnitrace::tools {
namespace {

constexpr size_t kLineWidth = 80;
constexpr size_t kHelpColumn = 30;

// Breaks `text` into lines, each but the first indented.
std::string Wrapped(absl::string_view text, size_t column, size_t indent) {
  std::string out;
  for (absl::string_view word : absl::StrSplit(text, absl::ByAnyChar(" \n"), absl::SkipEmpty())) {
    if (column > indent && column + 1 + word.size() > kLineWidth) {
      absl::StrAppend(&out, "\n", std::string(indent, ' '));
      column = indent;
    } else if (column > indent) {
      out += ' ';
      ++column;
    }
    absl::StrAppend(&out, word);
    column += word.size();
  }
  return out;
}

std::string Spelling(const Option& option) {
  std::string spelling = option.letter == 0 ? "    " : absl::StrFormat("-%c, ", option.letter);
  absl::StrAppend(&spelling, "--", option.name);
  if (!option.value.empty()) absl::StrAppend(&spelling, "=", option.value);
  return spelling;
}

std::string HelpLine(const Option& option) {
  std::string line = absl::StrCat("  ", Spelling(option));
  if (line.size() + 2 > kHelpColumn) {
    absl::StrAppend(&line, "\n", std::string(kHelpColumn, ' '));
  } else {
    line.resize(kHelpColumn, ' ');
  }
  return absl::StrCat(line, Wrapped(option.help, kHelpColumn, kHelpColumn), "\n");
}

// An option without help works, but is nobody's business.
bool IsHidden(const Option& option) { return option.help.empty(); }

std::vector<OptionGroup> VisibleGroups(const Usage& usage) {
  std::vector<OptionGroup> groups;
  for (const OptionGroup& group : usage.groups) {
    if (!std::all_of(group.options.begin(), group.options.end(), IsHidden)) groups.push_back(group);
  }
  groups.push_back({"Help", kCommonOptions});
  return groups;
}

std::string RoffEscaped(absl::string_view text) {
  std::string escaped = absl::StrReplaceAll(text, {{"\\", "\\e"}, {"-", "\\-"}});
  return absl::StartsWith(escaped, ".") || absl::StartsWith(escaped, "'") ? "\\&" + escaped
                                                                          : escaped;
}

std::string RoffHead(absl::string_view name, absl::string_view synopsis) {
  return absl::StrCat(".TH ", absl::AsciiStrToUpper(name), " 1 \"\" \"omnitrace ",
                      OMNITRACE_VERSION, "\"\n.SH NAME\n", RoffEscaped(name), " \\- ",
                      RoffEscaped(synopsis), "\n");
}

bool IsLaidOut(absl::string_view paragraph) { return absl::StartsWith(paragraph, " "); }

std::string RoffParagraphs(absl::string_view text) {
  std::vector<std::string> paragraphs;
  for (absl::string_view paragraph : absl::StrSplit(text, "\n\n")) {
    std::string escaped = RoffEscaped(paragraph);
    paragraphs.push_back(IsLaidOut(paragraph) ? absl::StrCat(".nf\n", escaped, "\n.fi") : escaped);
  }
  return absl::StrCat(absl::StrJoin(paragraphs, "\n.PP\n"), "\n");
}

constexpr absl::string_view kExitStatus =
    "0: done. 1: the answer is no, or something could not be read. 2: wrong usage.";

}  // namespace

std::string Overview(absl::Span<const Command* const> commands, absl::Span<const Topic> topics) {
  std::string text =
      "usage: omnitrace COMMAND [OPTIONS] [FILE...]\n\nShows what a traced program "
      "recorded into its workspace file.\n\nCommands:\n";
  for (const Command* command : commands) {
    absl::StrAppendFormat(&text, "  %-12s %s\n", command->name, command->synopsis);
  }
  absl::StrAppend(&text, "\nTopics of `omnitrace help`:\n");
  for (const Topic& topic : topics) {
    absl::StrAppendFormat(&text, "  %-12s %s\n", topic.name, topic.synopsis);
  }
  absl::StrAppend(&text, "\n`omnitrace COMMAND --help` shows the options of a command.\n");
  return text;
}

std::string Help(const Command& command) {
  std::string text =
      absl::StrCat("usage: omnitrace ", command.name, " [OPTIONS] ", command.usage.operands, "\n");
  for (absl::string_view paragraph : absl::StrSplit(command.usage.description, "\n\n")) {
    absl::StrAppend(&text, "\n", Wrapped(paragraph, 0, 0), "\n");
  }
  for (const OptionGroup& group : VisibleGroups(command.usage)) {
    absl::StrAppend(&text, "\n", group.title, ":\n");
    for (const Option& option : group.options) {
      if (!IsHidden(option)) absl::StrAppend(&text, HelpLine(option));
    }
  }
  return text;
}

std::string Help(const Topic& topic) {
  std::string text = absl::StrCat(topic.name, ": ", topic.synopsis, "\n");
  for (absl::string_view paragraph : absl::StrSplit(topic.text, "\n\n")) {
    absl::StrAppend(&text, "\n",
                    IsLaidOut(paragraph) ? std::string(paragraph) : Wrapped(paragraph, 0, 0), "\n");
  }
  return text;
}

std::string ManualPage(absl::Span<const Command* const> commands, absl::Span<const Topic> topics) {
  std::string page = RoffHead("omnitrace", "look at what a traced program recorded");
  absl::StrAppend(&page, ".SH SYNOPSIS\n.B omnitrace\nCOMMAND [OPTIONS] [FILE...]\n.SH COMMANDS\n");
  for (const Command* command : commands) {
    absl::StrAppend(&page, ".TP\n.BR omnitrace\\-", command->name, " (1)\n",
                    RoffEscaped(command->synopsis), "\n");
  }
  absl::StrAppend(&page, ".SH TOPICS\n");
  for (const Topic& topic : topics) {
    absl::StrAppend(&page, ".TP\n.BR omnitrace\\-", topic.name, " (1)\n",
                    RoffEscaped(topic.synopsis), "\n");
  }
  absl::StrAppend(&page, ".SH EXIT STATUS\n", RoffEscaped(kExitStatus), "\n");
  return page;
}

std::string ManualPage(const Command& command) {
  std::string page = RoffHead(absl::StrCat("omnitrace-", command.name), command.synopsis);
  absl::StrAppend(&page, ".SH SYNOPSIS\n.B omnitrace ", command.name, "\n[OPTIONS] ",
                  RoffEscaped(command.usage.operands), "\n.SH DESCRIPTION\n",
                  RoffParagraphs(command.usage.description));
  for (const OptionGroup& group : VisibleGroups(command.usage)) {
    absl::StrAppend(&page, ".SH ", absl::AsciiStrToUpper(group.title), "\n");
    for (const Option& option : group.options) {
      if (IsHidden(option)) continue;
      absl::StrAppend(&page, ".TP\n.B ",
                      RoffEscaped(absl::StripLeadingAsciiWhitespace(Spelling(option))), "\n",
                      RoffEscaped(option.help), "\n");
    }
  }
  absl::StrAppend(&page, ".SH EXIT STATUS\n", RoffEscaped(kExitStatus),
                  "\n.SH SEE ALSO\n.BR omnitrace (1)\n");
  return page;
}

std::string ManualPage(const Topic& topic) {
  return absl::StrCat(RoffHead(absl::StrCat("omnitrace-", topic.name), topic.synopsis),
                      ".SH DESCRIPTION\n", RoffParagraphs(topic.text),
                      ".SH SEE ALSO\n.BR omnitrace (1)\n");
}

std::string Completion(absl::Span<const Command* const> commands) {
  std::vector<absl::string_view> names;
  std::string cases;
  for (const Command* command : commands) {
    names.push_back(command->name);
    std::vector<std::string> options;
    for (const OptionGroup& group : VisibleGroups(command->usage)) {
      for (const Option& option : group.options) {
        if (IsHidden(option)) continue;
        options.push_back(absl::StrCat("--", option.name, option.value.empty() ? "" : "="));
      }
    }
    absl::StrAppend(&cases, "    ", command->name, ") words=\"", absl::StrJoin(options, " "),
                    "\" ;;\n");
  }
  return absl::StrCat(
      "# bash completion for omnitrace; made from its own tables.\n"
      "_omnitrace() {\n"
      "  local current=${COMP_WORDS[COMP_CWORD]} words=\"",
      absl::StrJoin(names, " "),
      "\"\n"
      "  if ((COMP_CWORD > 1)); then\n"
      "    case ${COMP_WORDS[1]} in\n",
      cases,
      "    esac\n"
      "    [[ $current == -* ]] || words=\n"
      "  fi\n"
      "  COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n"
      "  [[ ${COMPREPLY[0]-} == *= ]] && compopt -o nospace\n"
      "}\n"
      "complete -o default -F _omnitrace omnitrace\n");
}

}  // namespace omnitrace::tools
