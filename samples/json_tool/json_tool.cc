// A small JSON tool on nlohmann_json: prints a document with indentation, the value at a path, or
// what a document consists of. Trace the tool itself, or the library under it:
//
//   omni-clang++ -std=c++20 -fomni-ns=json_tool json_tool.cc -o json_tool
//   omni-clang++ -std=c++17 -fomni-ns=nlohmann json_tool.cc -o json_tool
#include <algorithm>
#include <fstream>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace json_tool {

using nlohmann::json;

struct Stats {
  std::map<std::string, int> values;  // how many there are of each type
  int depth = 0;
};

void count(const json& value, int depth, Stats& stats) {
  ++stats.values[value.type_name()];
  stats.depth = std::max(stats.depth, depth);
  if (value.is_structured()) {
    for (const json& child : value) count(child, depth + 1, stats);
  }
}

void print_stats(const json& document) {
  Stats stats;
  count(document, 0, stats);
  for (const auto& [type, number] : stats.values) std::cout << type << ": " << number << "\n";
  std::cout << "depth: " << stats.depth << "\n";
}

void print_pretty(const json& document) { std::cout << document.dump(2) << "\n"; }

// `path` is a JSON pointer such as /shelves/0/name.
void print_value(const json& document, const std::string& path) {
  std::cout << document.at(json::json_pointer(path)) << "\n";
}

json read(const std::string& file) {
  if (file == "-") return json::parse(std::cin);
  std::ifstream stream(file);
  if (!stream) throw std::runtime_error("cannot read " + file);
  return json::parse(stream);
}

int run(const std::vector<std::string>& words) {
  if (words.size() == 2 && words[0] == "pretty") {
    print_pretty(read(words[1]));
  } else if (words.size() == 2 && words[0] == "stats") {
    print_stats(read(words[1]));
  } else if (words.size() == 3 && words[0] == "get") {
    print_value(read(words[2]), words[1]);
  } else {
    std::cerr << "usage: json_tool pretty FILE | stats FILE | get /PATH FILE   (FILE may be -)\n";
    return 2;
  }
  return 0;
}

}  // namespace json_tool

int main(int argc, char** argv) {
  try {
    return json_tool::run({argv + 1, argv + argc});
  } catch (const std::exception& error) {
    std::cerr << "json_tool: " << error.what() << "\n";
    return 1;
  }
}

// Runs: stats bakery.json
// Prints: array: 1
// Prints: number: 2
// Prints: object: 3
// Prints: string: 3
// Prints: depth: 3

// Runs: get /shelves/1/loaf bakery.json
// Prints: "rye"

// Runs: pretty - < bakery.json
// Prints: {
// Prints:   "name": "bakery",
// Prints:   "shelves": [
// Prints:     {
// Prints:       "loaf": "spelt",
// Prints:       "pieces": 12
// Prints:     },
// Prints:     {
// Prints:       "loaf": "rye",
// Prints:       "pieces": 7
// Prints:     }
// Prints:   ]
// Prints: }
