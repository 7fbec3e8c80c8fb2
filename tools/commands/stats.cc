// `omnitrace stats`: per function, how often and how long.
#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "runtime/workspace/status_macros.h"
#include "tools/command.h"
#include "tools/model/call_filter.h"
#include "tools/model/statistics.h"
#include "tools/model/workspace_set.h"
#include "tools/output/drops.h"
#include "tools/output/table.h"
#include "tools/output/units.h"
#include "tools/output/value_json.h"
#include "tools/support/progress.h"
#include "tools/support/terminal.h"
#include "tools/support/utf8.h"

namespace omnitrace::tools {
namespace {

constexpr Option kOptions[] = {
    {'s', "sort", "total|self|calls|min|median|p90|p99|max|exceptions|name",
     "what to sort by (total)"},
    {'n', "lines", "N", "show the first N functions only"},
    {0, "json", "", "one JSON object per line, times in nanoseconds"},
};

using Rows = std::vector<const FunctionStatistics*>;

// The numbers of a row, under the names that --sort and JSON have for them.
struct Column {
  absl::string_view name;
  uint64_t (*value)(const FunctionStatistics& row);
  bool is_time;
};

constexpr Column kColumns[] = {
    {"calls", [](const FunctionStatistics& row) { return row.calls; }, false},
    {"total", [](const FunctionStatistics& row) { return row.total; }, true},
    {"self", [](const FunctionStatistics& row) { return row.self; }, true},
    {"min", [](const FunctionStatistics& row) { return row.durations.min(); }, true},
    {"median", [](const FunctionStatistics& row) { return row.durations.Quantile(0.5); }, true},
    {"p90", [](const FunctionStatistics& row) { return row.durations.Quantile(0.9); }, true},
    {"p99", [](const FunctionStatistics& row) { return row.durations.Quantile(0.99); }, true},
    {"max", [](const FunctionStatistics& row) { return row.durations.max(); }, true},
    {"exceptions", [](const FunctionStatistics& row) { return row.exceptions; }, false},
    {"open", [](const FunctionStatistics& row) { return row.open; }, false},
};

Rows Sorted(const Statistics& statistics, absl::string_view key, uint64_t most) {
  Rows rows;
  for (const FunctionStatistics& row : statistics.functions()) {
    if (row.calls > 0) rows.push_back(&row);
  }
  auto by_name = [](const FunctionStatistics* a, const FunctionStatistics* b) {
    return std::tie(a->function->name, a->function->signature, a->function->file) <
           std::tie(b->function->name, b->function->signature, b->function->file);
  };
  std::sort(rows.begin(), rows.end(), by_name);
  for (const Column& column : kColumns) {
    if (column.name != key) continue;
    std::stable_sort(rows.begin(), rows.end(), [&](const auto* a, const auto* b) {
      return column.value(*a) > column.value(*b);
    });
  }
  rows.resize(std::min<uint64_t>(rows.size(), most));
  return rows;
}

// Overloads are told apart by their signatures, and those of different files by their place.
class Labels {
 public:
  explicit Labels(const Rows& rows) {
    for (const FunctionStatistics* row : rows) {
      ++names_[row->function->name];
      ++signatures_[row->function->signature];
    }
  }
  std::string Of(const workspace::Function& function) const {
    if (names_.at(function.name) == 1) return Escaped(function.name);
    if (signatures_.at(function.signature) == 1) return Escaped(function.signature);
    return absl::StrCat(Escaped(function.signature), "  ", Escaped(function.file), ":",
                        function.line);
  }

 private:
  std::map<absl::string_view, int> names_;
  std::map<absl::string_view, int> signatures_;
};

std::string TextTable(const Rows& rows, const Style& style, bool stable) {
  Labels labels(rows);
  bool any_open = std::any_of(rows.begin(), rows.end(), [](auto* row) { return row->open > 0; });
  std::vector<Column> columns;
  std::vector<std::string> header;
  for (const Column& column : kColumns) {
    if ((column.is_time && stable) || (column.name == "open" && !any_open)) continue;
    columns.push_back(column);
    header.emplace_back(column.name);
  }
  header.emplace_back("function");
  Table table(header);
  for (const FunctionStatistics* row : rows) {
    std::vector<std::string> cells;
    for (const Column& column : columns) {
      uint64_t value = column.value(*row);
      cells.push_back(column.is_time ? DurationText(value) : CountText(value));
    }
    cells.push_back(labels.Of(*row->function));
    table.AddRow(std::move(cells));
  }
  return table.ToText(style);
}

std::string JsonLines(const Rows& rows, bool stable) {
  std::string text;
  for (const FunctionStatistics* row : rows) {
    Json object;
    object["name"] = TextToJson(row->function->name);
    object["signature"] = TextToJson(row->function->signature);
    object["file"] = TextToJson(row->function->file);
    object["line"] = row->function->line;
    for (const Column& column : kColumns) {
      object[std::string(column.name)] = column.is_time && stable ? 0 : column.value(*row);
    }
    absl::StrAppend(&text, Dump(object), "\n");
  }
  return text;
}

absl::StatusOr<ExitStatus> Run(const CommandLine& line) {
  ASSIGN_OR_RETURN(WorkspaceSet set, WorkspaceSet::Open(line.operands()));
  CallFilter filter(line);
  bool stable = line.Has("stable");
  uint64_t blocks = 0;
  for (const WorkspaceFile& file : set.files()) blocks += file.reader->info().blocks;
  Progress progress("counting", blocks);
  Statistics statistics(set, filter, [&](uint64_t done) { progress.Update(done); });
  absl::string_view key = line.Text("sort", stable ? "name" : "total");
  Rows rows = Sorted(statistics, key, line.Number("lines", UINT64_MAX));

  Terminal terminal(line, Terminal::Paging::kWhenLong);
  if (line.Has("json")) {
    terminal.out().Write(JsonLines(rows, stable));
  } else {
    terminal.out().Write(TextTable(rows, terminal.style(), stable));
    std::string drops = DropsText(set.files());
    if (!drops.empty()) terminal.out().Write(absl::StrCat("\n", drops, "\n"));
  }
  RETURN_IF_ERROR(terminal.Close());
  RETURN_IF_ERROR(statistics.status());
  RETURN_IF_ERROR(set.damage());
  return kDone;
}

}  // namespace

extern const Command kStats;
const Command kStats = {
    "stats",
    "per function: calls, total and self time, quantiles, exceptions",
    {"[FILE...]",
     "Sums up the calls of each function. `total` is the time from entry to end (of recursive "
     "calls "
     "that of the outermost), `self` the time outside of shown callees; the quantiles are those of "
     "single calls, about 3 % exact. Calls that never ended count up to the end of the recording.",
     {{"Options", kOptions}, kFilterGroup, kTerminalGroup}},
    &Run};

}  // namespace omnitrace::tools
