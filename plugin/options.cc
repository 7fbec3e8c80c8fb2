#include "plugin/options.h"

#include "clang/Basic/Diagnostic.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/SmallVector.h"

namespace omnitrace {
namespace {

class OptionParser {
 public:
  OptionParser(clang::DiagnosticsEngine& diagnostics, Options* options)
      : diagnostics_(diagnostics), options_(options) {}

  bool Parse(llvm::StringRef argument) {
    auto [name, value] = argument.split('=');
    if (name == "ns") return ParseGlobs(value, &options_->namespaces);
    if (name == "exclude") return ParseGlobs(value, &options_->exclude);
    if (name == "min-lines") return ParseMinLines(value);
    if (name == "explain") return ParseExplain(argument);
    if (name == "start") return ParseStart(value);
    return Error("unknown option '-fomni-%0'; -fomni-help lists the options", name);
  }

 private:
  bool ParseGlobs(llvm::StringRef value, std::string* globs) {
    llvm::SmallVector<llvm::StringRef, 4> parts;
    value.split(parts, ',');
    for (llvm::StringRef part : parts) {
      // A glob is a qualified name: one wrong character is a typing error that would select nothing.
      if (part.empty() || part.contains(":::") || part.count(':') % 2 != 0 ||
          part.ends_with("::") || part.find_first_of(" \t;()") != llvm::StringRef::npos) {
        return Error(
            "malformed glob '%0': expected names such as 'foo', 'foo::Bar', 'foo::b*' or '*'", part);
      }
    }
    if (!globs->empty()) *globs += ',';
    *globs += value.str();
    return true;
  }

  bool ParseMinLines(llvm::StringRef value) {
    if (!value.getAsInteger(10, options_->min_lines)) return true;
    return Error("-fomni-min-lines expects a number, not '%0'", value);
  }

  bool ParseExplain(llvm::StringRef argument) {
    options_->explain = true;
    return argument == "explain" || Error("-fomni-explain takes no value, as in '%0'", argument);
  }

  bool ParseStart(llvm::StringRef value) {
    options_->standby = value == "standby";
    return value == "standby" || value == "record" ||
           Error("-fomni-start expects 'record' or 'standby', not '%0'", value);
  }

  bool Error(llvm::StringRef format, llvm::StringRef value) {
    diagnostics_.Report(diagnostics_.getDiagnosticIDs()->getCustomDiagID(
        clang::DiagnosticIDs::Error, ("omnitrace: " + format).str()))
        << value;
    return false;
  }

  clang::DiagnosticsEngine& diagnostics_;
  Options* options_;
};

}  // namespace

bool ParseOptions(const std::vector<std::string>& args, clang::DiagnosticsEngine& diagnostics,
                  Options* options) {
  OptionParser parser(diagnostics, options);
  bool good = true;
  for (const std::string& argument : args) good = parser.Parse(argument) && good;
  return good;
}

}  // namespace omnitrace
