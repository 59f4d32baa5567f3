// Goes through a text from one call of a class to the next; see from_text.hpp.
#include "from_text.hpp"

#include <algorithm>

#include "../limits.hpp"
#include "../text/calls.hpp"
#include "../text/constants.hpp"
#include "../text/labels.hpp"
#include "../text/numbers.hpp"

namespace convscope::stack {
namespace {

using Kind = Operation::Kind;

// Repeated containers in a print, and letters of one: more than any network has.
constexpr int kMaxBlocks = 1000;
constexpr std::size_t kMaxBlock = std::size_t{1} << 17;

// "kernel_size" is kernelSize.
std::string camel(std::string_view name) {
  std::string key;
  for (std::size_t at = 0; at < name.size(); ++at) {
    if (name[at] == '_' && at + 1 < name.size()) {
      key += static_cast<char>(name[++at] - 'a' + 'A');
    } else {
      key += name[at];
    }
  }
  return key;
}

// What has no part in shapes, counts or values of evaluation.
bool is_idle(std::string_view parameter) {
  for (std::string_view idle : {"inplace", "p", "momentum", "track_running_stats", "device",
                                "dtype", "return_indices", "threshold", "approximate", "init"}) {
    if (parameter == idle) return true;
  }
  return false;
}

// Of these, those that do change the values of evaluation, unless they are what they usually are.
bool is_usual(const OperationName& found, const Argument& argument, std::string_view parameter) {
  const std::string_view text = argument.text;
  if (parameter == "approximate") return text == "'none'" || text == "\"none\"" || text == "none";
  if (parameter == "threshold") return argument.value.number == 20;
  if (parameter == "init") return argument.value.number == 0.25;
  if (parameter == "track_running_stats") {
    return (text == "True") == (found.kind() == Kind::batch_norm);
  }
  return true;
}

// Classes that hold others, whose print or call is gone into.
bool is_container(std::string_view name) {
  for (std::string_view container :
       {"Sequential", "ModuleList", "ModuleDict", "Module", "OrderedDict", "DataParallel"}) {
    if (name == container) return true;
  }
  return false;
}

std::string_view behind_dots(std::string_view word) {
  return word.substr(word.rfind('.') + 1);  // npos + 1 is 0
}

// (left, right, top, bottom): the last axis first, one number for all sides. Pairs, first axis
// first.
Value pairs_of(const Value& padding, int spatial) {
  std::vector<Value> pairs;
  for (int at = spatial; at-- > 0;) {
    const bool is_list = padding.kind == Value::Kind::list;
    if (is_list && padding.list.size() != 2 * static_cast<std::size_t>(spatial)) return padding;
    const std::size_t begin = 2 * static_cast<std::size_t>(at);
    pairs.push_back(Value::of(is_list
                                  ? std::vector<Value>{padding.list[begin], padding.list[begin + 1]}
                                  : std::vector<Value>{padding, padding}));
  }
  return Value::of(std::move(pairs));
}

class Reader {
 public:
  explicit Reader(std::string_view text) : cursor_{text}, constants_(text) {}

  Result<ParsedStack> run() {
    while (!cursor_.at_end()) {
      if (cursor_.peek() == '#') {
        cursor_.skip_line();
      } else if (is_letter(cursor_.peek())) {
        if (Check read = word(); !read) return read.refusal();
      } else if (is_digit(cursor_.peek())) {
        while (is_word(cursor_.peek())) ++cursor_.at;
      } else {
        ++cursor_.at;
      }
      for (; !blocks_.empty() && cursor_.at >= blocks_.back().end; blocks_.pop_back()) {
        repeat(blocks_.back().first, blocks_.back().times);
      }
    }
    if (!parsed_.layers.empty()) return std::move(parsed_);
    return refuse_at({cursor_.text}, Code::nothing_found,
                     {"no layer of a stack found. Paste what PyTorch prints of a Sequential, or "
                      "its source, such as nn.Conv2d(3, 16, 3)."});
  }

 private:
  Cursor cursor_;
  const Constants constants_;
  ParsedStack parsed_{};
  std::size_t from_ = 0;  // where the last call ended

  // A container that a print tells once, and how often it is there.
  struct Block {
    std::size_t end, first;
    std::int64_t times;
  };
  std::vector<Block> blocks_{};
  int block_count_ = 0;

  Check word() {
    const std::size_t begin = cursor_.at;
    const std::string_view word = cursor_.word();
    if (word == "class" || word == "def") {  // class Net(nn.Module):
      cursor_.skip_line();
    }
    if (cursor_.peek() != '(') return Passed{};
    const std::string_view name = behind_dots(word);
    if (const std::optional<OperationName> found = find_module(name)) {
      return layer(*found, name, begin);
    }
    if (name == "Size" || name == "randn" || name == "rand" || name == "zeros" || name == "ones") {
      // What is learned is no input.
      return cursor_.text.substr(0, begin).ends_with("Parameter(") ? Check{Passed{}} : shape();
    }
    if (is_unknown_module(word, name, begin)) parsed_.ignored.emplace_back(name);
    const std::int64_t times = printed_times(begin);  // of all that a container holds
    if (times > 1 && ++block_count_ <= kMaxBlocks) {
      blocks_.push_back({closing(), parsed_.layers.size(), times});
    }
    return Passed{};
  }

  // Puts the layers from `first` on as often as that, as far as a stack may have layers.
  void repeat(std::size_t first, std::int64_t times) {
    const std::size_t count = parsed_.layers.size() - first;
    for (std::int64_t n = 1; n < times; ++n) {
      if (count == 0 || parsed_.layers.size() + count > kMaxLayers + 1) return;
      for (std::size_t at = 0; at < count; ++at) {
        parsed_.layers.push_back(parsed_.layers[first + at]);
        parsed_.layers.back().set("name", {});
      }
    }
  }

  // 3 where a print has "3 x " in front of a class, else 1.
  std::int64_t printed_times(std::size_t begin) const {
    const std::string_view before = cursor_.text.substr(0, begin);
    if (!before.ends_with(" x ")) return 1;
    std::size_t digits = before.size() - 3;
    while (digits > 0 && is_digit(before[digits - 1])) --digits;
    Cursor number{before, digits};
    std::int64_t times = 1;
    return read_whole(number, times) ? times : 1;
  }

  // 4 where "for _ in range(4)" follows the call, else 1.
  std::int64_t written_times() const {
    Cursor ahead = cursor_;
    ahead.skip_spaces();
    if (ahead.word() != "for") return 1;
    ahead.skip_blanks();
    ahead.word();
    ahead.skip_blanks();
    if (ahead.word() != "in") return 1;
    ahead.skip_blanks();
    if (ahead.word() != "range" || ahead.peek() != '(') return 1;
    const std::size_t first = ahead.at + 1, last = ahead.text.find(')', first);
    if (last == std::string_view::npos) return 1;
    return constants_.evaluate(ahead.text.substr(first, last - first)).value_or(1);
  }

  // Where the bracket ends that opens here, or where no more is looked for it.
  std::size_t closing() const {
    const std::size_t most = std::min(cursor_.text.size(), cursor_.at + kMaxBlock);
    int depth = 0;
    for (std::size_t at = cursor_.at; at < most; ++at) {
      const char c = cursor_.text[at];
      if (c == '(') ++depth;
      if (c == ')' && --depth == 0) return at;
    }
    return most;
  }

  // nn.LSTM(…), or (3): Bottleneck(…) in a print. What is in brackets behind is gone into.
  bool is_unknown_module(std::string_view word, std::string_view name, std::size_t begin) const {
    const bool is_class = name[0] >= 'A' && name[0] <= 'Z';
    if (!is_class || is_container(name) || name == "Parameter") return false;
    if (cursor_.peek(1) == '\n') return false;
    if (word.substr(0, 3) == "nn." || word.substr(0, 9) == "torch.nn.") return true;
    return cursor_.text.substr(0, begin).ends_with("): ");
  }

  Check shape() {
    ++cursor_.at;
    Result<std::vector<Argument>> arguments = read_arguments(cursor_, ')');
    if (!arguments) return arguments.refusal();
    Shape shape;
    for (const Argument& argument : *arguments) {
      if (!argument.name.empty()) continue;
      std::optional<Shape> some = whole_numbers(argument.value);
      if (argument.value.is_missing()) {
        if (const auto number = constants_.evaluate(argument.text)) some = Shape{*number};
      }
      if (!some) return Passed{};
      shape.insert(shape.end(), some->begin(), some->end());
    }
    if (!parsed_.input && shape.size() >= 2) parsed_.input = std::move(shape);
    return Passed{};
  }

  Check layer(const OperationName& found, std::string_view name, std::size_t begin) {
    LayerValue layer;
    layer.set("op", Value::of(found.text()));
    const std::string label = name_before(cursor_.text, begin, from_);
    if (!label.empty()) layer.set("name", Value::of(label));
    ++cursor_.at;
    Result<std::vector<Argument>> arguments = read_arguments(cursor_, ')');
    if (!arguments) return arguments.refusal();
    std::string_view parameters = found.operation->parameters;
    for (const Argument& argument : *arguments) {
      std::string_view parameter = argument.name;
      if (parameter.empty()) {
        const std::size_t end = std::min(parameters.find(' '), parameters.size());
        parameter = parameters.substr(0, end);
        parameters.remove_prefix(std::min(end + 1, parameters.size()));
        if (parameter.empty()) {
          return expected({cursor_.text, argument.at},
                          "at most as many arguments as the layer has, and \")\"");
        }
      }
      if (argument.text == "None") continue;
      if (is_idle(parameter)) {
        if (!is_usual(found, argument, parameter)) {
          parsed_.ignored.push_back(say(parameter, "=", argument.text));
        }
        continue;
      }
      Result<Value> value = value_of(argument);
      if (!value) return value.refusal();
      if (parameter == "unflattened_size") parameter = "size";
      layer.set(camel(parameter), std::move(*value));
    }
    settle(found, name, layer);
    parsed_.layers.push_back(std::move(layer));
    from_ = cursor_.at;
    repeat(parsed_.layers.size() - 1, std::max(printed_times(begin), written_times()));
    return Passed{};
  }

  // A number, a text or a list as it stands; an expression of names; a word without quotes, as
  // prints have them.
  Result<Value> value_of(const Argument& argument) const {
    if (!argument.value.is_missing()) return argument.value;
    std::string_view text = argument.text;
    if (const auto number = constants_.evaluate(text)) {
      return Value::of(static_cast<double>(*number));
    }
    for (std::string_view size : {"torch.Size(", "("}) {
      if (text.substr(0, size.size()) == size) return list_of(argument, text.substr(size.size()));
    }
    const bool is_plain = !text.empty() && std::all_of(text.begin(), text.end(),
                                                       [](char c) { return c >= 'a' && c <= 'z'; });
    const bool is_word =
        argument.name.find("mode") != std::string_view::npos || text == "same" || text == "valid";
    if (is_plain && is_word) {
      return Value::of(std::string(text));
    }
    return untold(argument);
  }

  // (k, k // 2), also torch.Size([…]), from behind the bracket.
  Result<Value> list_of(const Argument& argument, std::string_view text) const {
    while (!text.empty() && (text[0] == '[' || text[0] == '(')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ']' || text.back() == ')')) text.remove_suffix(1);
    std::vector<Value> list;
    while (!trimmed(text).empty()) {
      const std::size_t comma = std::min(text.find(','), text.size());
      const std::string_view entry = trimmed(text.substr(0, comma));
      text.remove_prefix(std::min(comma + 1, text.size()));
      const auto number = constants_.evaluate(entry);
      if (!number && entry != "None") return untold(argument);
      list.push_back(number ? Value::of(static_cast<double>(*number)) : Value());
    }
    return Value::of(std::move(list));
  }

  Refusal untold(const Argument& argument) const {
    return refuse_at({cursor_.text, argument.at}, Code::parse_error,
                     {"the text does not tell what \"", argument.text.substr(0, 60),
                      "\" is. Write the number."});
  }

  // What a class says by its name.
  static void settle(const OperationName& found, std::string_view name, LayerValue& layer) {
    const auto starts = [&](std::string_view word) { return name.substr(0, word.size()) == word; };
    if (starts("UpsamplingBilinear")) {
      layer.set("mode", Value::of(std::string("bilinear")));
      layer.set("alignCorners", Value::of(true));
    }
    if (found.kind() != Kind::pad) return;
    layer.set("padding", pairs_of(layer.at("padding"), found.spatial));
    const char* mode = starts("Reflection")    ? "reflect"
                       : starts("Replication") ? "replicate"
                       : starts("Circular")    ? "circular"
                                               : "zeros";
    layer.set("paddingMode", Value::of(std::string(mode)));
  }
};

}  // namespace

Result<ParsedStack> parse_stack(std::string_view text) {
  const std::string cleaned = clean(text);
  return Reader(cleaned).run();
}

}  // namespace convscope::stack
