#include "tools/flamegraph/html.h"

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "runtime/workspace/status_macros.h"
#include "tools/flamegraph/embedded.h"
#include "tools/support/own_program.h"

namespace omnitrace::flamegraph {
namespace {

absl::StatusOr<std::string> BundlePath() {
  const char* chosen = std::getenv("OMNITRACE_VEGA");
  if (chosen != nullptr && *chosen != '\0') return chosen;
  ASSIGN_OR_RETURN(std::filesystem::path self, tools::OwnProgram());
  return self.parent_path().parent_path() / "share/omnitrace/vega.min.js";
}

}  // namespace

absl::StatusOr<std::string> ReadVegaBundle() {
  ASSIGN_OR_RETURN(std::string path, BundlePath());
  std::ifstream file(path, std::ios::binary);
  std::string bundle{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (!bundle.empty()) return bundle;
  return absl::NotFoundError(absl::StrCat(
      path,
      ": no Vega bundle, which --html puts into the page; name one by the environment's "
      "OMNITRACE_VEGA=vega.min.js (from `npm pack vega`), build omnitrace again with npm and a "
      "network, or write the specification alone with -o"));
}

std::string HtmlPage(absl::string_view title, absl::string_view spec, absl::string_view bundle) {
  // Inside <script>, JSON may spell < as an escape, and JavaScript the end tag's slash.
  std::string safe_spec = absl::StrReplaceAll(spec, {{"<", "\\u003c"}});
  std::string safe_bundle = absl::StrReplaceAll(bundle, {{"</script", "<\\/script"}});
  std::string safe_title =
      absl::StrReplaceAll(title, {{"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}});
  return absl::StrReplaceAll(
      kPageTemplate,
      {{"{{title}}", safe_title}, {"{{vega}}", safe_bundle}, {"{{spec}}", safe_spec}});
}

}  // namespace omnitrace::flamegraph
