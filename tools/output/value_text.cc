#include "tools/output/value_text.h"

#include <charconv>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "tools/support/utf8.h"

namespace omnitrace::tools {
namespace {

using workspace::Field;
using workspace::Value;

// The shortest digits that read back as the same number, and always recognisable as no integer.
template <typename Float>
void AppendFloat(Float number, std::string* out) {
  char digits[64];
  char* end = std::to_chars(digits, digits + sizeof digits, number).ptr;
  absl::string_view text(digits, static_cast<size_t>(end - digits));
  absl::StrAppend(out, text);
  if (text.find_first_not_of("-0123456789") == absl::string_view::npos) *out += ".0";
}

void AppendCharacter(const Value& value, std::string* out) {
  uint32_t code = CodeUnit(value);
  std::string text;
  bool byte = code < 0x100 && (value.type.empty() || UnqualifiedName(value.type) == "char");
  if (byte) {
    text += static_cast<char>(code);
  } else if (!AppendUtf8(code, &text)) {
    absl::StrAppendFormat(out, "'\\x%x'", code);
    return;
  }
  absl::StrAppend(out, "'", Escaped(text, "\\'"), "'");
}

class TextPrinter {
 public:
  TextPrinter(const ValueStyle& style, std::string* out) : style_(style), out_(*out) {}

  void Print(const Value& value) {
    if (value.overlaps_address && style_.stable) {
      out_ += AddressText(0, style_);
      return;
    }
    switch (value.kind) {
      case Value::Kind::kVoid:
        out_ += "void";
        break;
      case Value::Kind::kNull:
        out_ += value.text.empty() ? "nullptr" : Escaped(value.text);
        break;
      case Value::Kind::kBool:
        out_ += BoolText(value);
        break;
      case Value::Kind::kSigned:
        absl::StrAppend(&out_, value.as_signed());
        break;
      case Value::Kind::kUnsigned:
        absl::StrAppend(&out_, value.number);
        break;
      case Value::Kind::kDouble:
        PrintDouble(value);
        break;
      case Value::Kind::kNumberText:
        AppendEscaped(value.text, "", &out_);
        break;
      case Value::Kind::kCharacter:
        AppendCharacter(value, &out_);
        break;
      case Value::Kind::kEnum:
        PrintEnum(value);
        break;
      case Value::Kind::kString:
        PrintString(value);
        break;
      case Value::Kind::kSequence:
        PrintElements('[', value, ']');
        break;
      case Value::Kind::kMap:
        PrintMap(value);
        break;
      case Value::Kind::kRecord:
        if (value.dynamic) out_ += Escaped(value.type);
        PrintElements('{', value, '}');
        break;
      case Value::Kind::kTuple:
        PrintElements('(', value, ')');
        break;
      case Value::Kind::kPointer:
        PrintPointer(value);
        break;
      case Value::Kind::kFunctionPointer:
        PrintFunctionPointer(value);
        break;
      case Value::Kind::kOptional:
        PrintInner(value);
        break;
      case Value::Kind::kComplex:
        PrintComplex(value);
        break;
      case Value::Kind::kLabelled:
        absl::StrAppend(&out_, Escaped(value.text), "(");
        PrintInner(value);
        out_ += ')';
        break;
      case Value::Kind::kTypeName:
        out_ += Escaped(ClassName(value));
        break;
      case Value::Kind::kOpaque:
        PrintOpaque(value.type, value.number);
        break;
      case Value::Kind::kUnreadable:
        PrintOpaque("unreadable", value.number);
        break;
      case Value::Kind::kCut:
        absl::StrAppend(&out_, "<", Escaped(value.type), " …>");
        break;
    }
  }

 private:
  void PrintDouble(const Value& value) {
    if (!value.text.empty()) {
      AppendEscaped(value.text, "", &out_);
    } else if (value.type == "float") {
      AppendFloat(static_cast<float>(value.real), &out_);
    } else {
      AppendFloat(value.real, &out_);
    }
  }

  void PrintEnum(const Value& value) {
    if (!value.text.empty()) absl::StrAppend(&out_, Escaped(UnqualifiedName(value.type)), "::");
    out_ += EnumeratorName(value);
  }

  void PrintString(const Value& value) {
    absl::string_view quoted = value.escaped ? "\"" : "\\\"";
    absl::StrAppend(&out_, "\"", Escaped(HeldText(value), quoted), "\"");
    if (value.is_cut()) absl::StrAppend(&out_, "… ", value.true_size);
  }

  void PrintElements(char open, const Value& value, char close) {
    out_ += open;
    for (const Field& field : value.fields) {
      Separate(&field == value.fields.data());
      if (!field.name.empty()) absl::StrAppend(&out_, Escaped(field.name), ": ");
      Print(field.value);
    }
    PrintCut(value);
    out_ += close;
  }

  void PrintMap(const Value& value) {
    out_ += '{';
    for (size_t i = 0; i + 1 < value.fields.size(); i += 2) {
      Separate(i == 0);
      Print(value.fields[i].value);
      out_ += ": ";
      Print(value.fields[i + 1].value);
    }
    PrintCut(value);
    out_ += '}';
  }

  void PrintCut(const Value& value) {
    if (!value.is_cut() && !value.torn) return;
    Separate(value.fields.empty());
    absl::StrAppend(&out_, "… ", value.true_size, value.torn ? " torn" : "");
  }

  void PrintPointer(const Value& value) {
    if (value.smart) {
      PrintSmartPointer(value);
    } else if (value.fields.empty()) {
      out_ += AddressText(value.number, style_);
    } else {
      absl::StrAppend(&out_, "*", AddressText(value.number, style_), " ");
      PrintInner(value);
    }
  }

  void PrintSmartPointer(const Value& value) {
    absl::string_view name = UnqualifiedName(value.type);
    absl::StrAppend(&out_, "<", Escaped(name.substr(0, name.find('<'))));
    if (value.uses >= 0) absl::StrAppend(&out_, " use_count=", value.uses);
    out_ += " -> ";
    if (value.fields.empty()) out_ += AddressText(value.number, style_);
    PrintInner(value);
    out_ += '>';
  }

  // 1+2i: the parts as numbers are written, without the .0 that tells one from an integer.
  void PrintComplex(const Value& value) {
    if (value.fields.size() != 2) return;
    std::string parts[2];
    for (size_t i = 0; i < 2; ++i) {
      parts[i] = ToText(value.fields[i].value, style_);
      if (absl::EndsWith(parts[i], ".0")) parts[i].resize(parts[i].size() - 2);
    }
    bool negative = absl::StartsWith(parts[1], "-");
    absl::StrAppend(&out_, "(", parts[0], negative ? "" : "+", parts[1], "i)");
  }

  void PrintFunctionPointer(const Value& value) {
    if (value.text.empty()) {
      out_ += AddressText(value.number, style_);
    } else {
      absl::StrAppend(&out_, "&", Escaped(value.text));
    }
  }

  void PrintInner(const Value& value) {
    if (!value.fields.empty()) Print(value.fields[0].value);
  }

  void PrintOpaque(absl::string_view what, uint64_t address) {
    absl::StrAppend(&out_, "<", Escaped(what), " at ", AddressText(address, style_), ">");
  }

  void Separate(bool first) {
    if (!first) out_ += ", ";
  }

  const ValueStyle& style_;
  std::string& out_;
};

}  // namespace

void AppendText(const Value& value, const ValueStyle& style, std::string* out) {
  TextPrinter(style, out).Print(value);
}

std::string ToText(const Value& value, const ValueStyle& style) {
  std::string text;
  AppendText(value, style, &text);
  return text;
}

}  // namespace omnitrace::tools
