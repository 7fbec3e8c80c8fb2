#include "tools/output/table.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace omnitrace::tools {
namespace {

std::string Line(const std::vector<std::string>& cells, const std::vector<size_t>& widths) {
  std::string line;
  for (size_t i = 0; i + 1 < cells.size(); ++i) {
    absl::StrAppend(&line, std::string(widths[i] - cells[i].size(), ' '), cells[i], "  ");
  }
  return line + cells.back();
}

}  // namespace

std::string Table::ToText(const Style& style) const {
  std::vector<size_t> widths;
  for (size_t i = 0; i < header_.size(); ++i) {
    widths.push_back(header_[i].size());
    for (const std::vector<std::string>& row : rows_) {
      widths[i] = std::max(widths[i], row[i].size());
    }
  }
  std::string text;
  AppendPainted(style, Colour::kBold, Line(header_, widths), &text);
  text += '\n';
  for (const std::vector<std::string>& row : rows_) {
    absl::StrAppend(&text, Line(row, widths), "\n");
  }
  return text;
}

}  // namespace omnitrace::tools
