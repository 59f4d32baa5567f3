// Follows tensors through code; see script.hpp.
#include "script.hpp"

#include <algorithm>

#include "names.hpp"

namespace convscope {
namespace {

class Script {
 public:
  Script(std::string_view text, std::vector<Item>& items, Names& names)
      : text_(text), items_(items), names_(names) {}

  void follow() {
    std::size_t at = 0;
    while (const std::optional<Statement> next = next_statement(text_, at, items_)) {
      read(*next, 0);
    }
    match_prints();
  }

 private:
  struct Print {
    Meaning meaning;
    std::string expression;
  };
  std::string_view text_;
  std::vector<Item>& items_;
  Names& names_;
  std::vector<Print> prints_{};
  std::vector<bool> matched_{};  // items that a prompt's expression printed

  void read(const Statement& statement, int depth) {
    const Span span = trimmed(text_, statement.span);
    const std::string_view code = names_.view(span);
    if (code.empty() || depth > 2) return;
    if (code.substr(0, 5) == "with ") {  // with torch.no_grad(): conv.weight.copy_(w)
      const std::size_t colon = find_top(text_, span, ':', items_);
      if (colon < span.end) read({{colon + 1, span.end}, false}, depth + 1);
      return;
    }
    const std::size_t equals = find_top(text_, span, '=', items_);
    if (equals < span.end && equals > span.begin && equals + 1 < span.end &&
        text_[equals + 1] != '=' &&
        std::string_view("=!<>").find(text_[equals - 1]) == std::string_view::npos) {
      if (std::string_view("+-*/@%").find(text_[equals - 1]) != std::string_view::npos) {
        forget({span.begin, equals});  // x *= 2
      } else {
        assign({span.begin, equals}, {equals + 1, span.end});
      }
      return;
    }
    const std::size_t open = find_top(text_, span, '(', items_);
    const std::string_view called = names_.view({span.begin, std::min(open, span.end)});
    const bool is_call = open > span.begin && open < span.end && code.back() == ')';
    const Span inside{std::min(open + 1, span.end), is_call ? span.end - 1 : span.end};
    if (is_call && called == "print") {
      for (const Span& argument : split(text_, inside, items_)) expect(argument);
    } else if (is_call && ends_with(called, ".copy_")) {
      const std::vector<Span> arguments = split(text_, inside, items_);
      if (!arguments.empty()) {
        bind(called.substr(0, called.size() - 6), names_.evaluate(arguments[0]));
      }
    } else if (is_call && ends_with(called, ".load_state_dict")) {
      load(called.substr(0, called.size() - 16), inside);
    } else if (is_call && called.back() == '_' && !ends_with(called, ".requires_grad_")) {
      forget(split(text_, inside, items_).empty() || called.find("init.") == called.npos
                 ? span
                 : split(text_, inside, items_)[0]);  // x.mul_(2), nn.init.ones_(conv.weight)
    } else if (statement.is_prompted) {
      prompted(span);
    } else {
      names_.evaluate(span);  // a call may take operands
    }
  }

  void assign(Span left, Span right) {
    const std::vector<Span> targets = split(text_, left, items_);
    std::vector<Span> values = split(text_, right, items_);
    // "y = x = …" and annotations "x: Tensor = …" are left out
    if (targets.size() != values.size()) {
      if (targets.size() != 1) return;
      values = {trimmed(text_, right)};
    }
    for (std::size_t at = 0; at < targets.size(); ++at) {
      const std::string_view target = names_.view(targets[at]);
      const Meaning meaning = names_.evaluate(values[at]);
      if (targets.size() > 1 && meaning.item && items_[*meaning.item].kind == Item::Kind::tensor) {
        items_[*meaning.item].tensor.name = std::string(target);
      }
      bind(target, meaning);
    }
  }

  // What the statement changes in place is no longer what was written out.
  void forget(Span target) {
    std::size_t end = target.begin;
    while (end < target.end && (is_word(text_[end]) || text_[end] == '.')) ++end;
    std::string_view name = names_.view({target.begin, end});
    while (!name.empty()) {
      names_.set(name, {});
      const std::size_t dot = name.rfind('.');
      name = name.substr(0, dot == std::string_view::npos ? 0 : dot);
      const Meaning* owner = names_.find(name);
      if (owner && owner->layer) return;  // of conv.weight, conv remains
    }
  }

  // "conv.weight.data[:]" is conv's weight.
  void bind(std::string_view target, const Meaning& meaning) {
    if (const std::size_t open = target.find('['); open != std::string_view::npos) {
      const std::string_view index = target.substr(open);
      const bool is_all = index.find_first_not_of("[]:. ,0") == std::string_view::npos;
      const std::string_view whole = target.substr(0, open);
      if (is_all && ends_with(whole, ".data")) {
        target = whole;
      } else if (!meaning.layer) {  // x[0] = 1; net[0] = nn.Conv2d(…) is a name
        names_.set(whole, {});
        return;
      }
    }
    if (ends_with(target, ".data")) target.remove_suffix(5);
    for (std::string_view role : {".weight", ".bias"}) {
      if (!ends_with(target, role)) continue;
      const std::string_view name = target.substr(0, target.size() - role.size());
      if (meaning.item)
        names_.set_role(*meaning.item, std::string(role.substr(1)), names_.layer_named(name));
    }
    names_.set(target, meaning);
  }

  // {'weight': w, 'bias': b}, also as pairs.
  void load(std::string_view name, Span inside) {
    const std::optional<std::size_t> layer = names_.layer_named(name);
    for (std::string_view role : {"weight", "bias"}) {
      const std::size_t found = names_.view(inside).find(role);
      if (found == std::string_view::npos) continue;
      Span value{inside.begin + found + role.size(), inside.end};
      constexpr std::string_view kBetween = "'\" :,=";
      while (value.begin < inside.end && kBetween.find(text_[value.begin]) != kBetween.npos) {
        ++value.begin;
      }
      for (char c : {',', ')', '}', ']'}) {
        value.end = std::min(value.end, find_top(text_, value, c, items_));
      }
      const Meaning meaning = names_.evaluate(value);
      if (meaning.item) names_.set_role(*meaning.item, std::string(role), layer);
    }
  }

  // What print(…) shows for one argument: nothing, one tensor, or perhaps one.
  void expect(Span argument) {
    const std::string_view code = names_.view(argument);
    const std::size_t quote = code.find_first_of("'\"");
    if (quote == 0 || find_top(text_, argument, '=', items_) < argument.end) return;  // sep=…
    if (quote == 1 && code[0] == 'f') {
      for (std::size_t at = argument.begin; at < argument.end;) {
        const std::size_t open = std::min(text_.find('{', at), argument.end);
        const std::size_t close = std::min(text_.find('}', open), argument.end);
        if (close < argument.end) expect(trimmed(text_, {open + 1, close}));
        at = close + 1;
      }
      return;
    }
    for (std::string_view none :
         {".shape", ".size(", "equal(", "allclose(", ".item(", ".dtype", ".dim(", ".ndim", "len(",
          "type(", "__version__", "state_dict(", ".numel("}) {
      if (code.find(none) != std::string_view::npos) return;
    }
    const Meaning meaning = names_.evaluate(argument);
    if (!meaning.layer) prints_.push_back({meaning, std::string(code)});
  }

  bool is_printed(std::size_t at) const {
    return items_[at].kind == Item::Kind::tensor && !items_[at].tensor.is_source;
  }

  // The tensor that follows an expression behind a prompt is its value.
  void prompted(Span span) {
    const Meaning meaning = names_.evaluate(span);
    const std::size_t next = first_item(items_, span.end);
    if (next >= items_.size() || !is_printed(next) || !meaning.is_known()) return;
    const std::string_view between = text_.substr(span.end, items_[next].begin - span.end);
    if (between.size() > 16 || between.find(">>>") != std::string_view::npos) return;
    matched_.resize(items_.size());
    matched_[next] = true;
    give(next, meaning, names_.view(span));
  }

  void give(std::size_t item, const Meaning& meaning, std::string_view expression) {
    constexpr std::size_t kLongestName = 60;
    TensorItem& tensor = items_[item].tensor;
    if (tensor.name.empty() && expression.size() <= kLongestName) {
      tensor.name = std::string(expression);
    }
    if (meaning.part_of) {
      names_.set_role(item, meaning.role, meaning.part_of);
    } else if (meaning.item && items_[*meaning.item].kind == Item::Kind::tensor) {
      tensor.role = items_[*meaning.item].tensor.role;
      tensor.layer = items_[*meaning.item].tensor.layer;
    }
  }

  // Prints and outputs are told apart by their order alone, so both must be as many.
  void match_prints() {
    std::vector<std::size_t> printed;
    matched_.resize(items_.size());
    for (std::size_t at = 0; at < items_.size(); ++at) {
      if (is_printed(at) && !matched_[at]) printed.push_back(at);
    }
    if (printed.size() != prints_.size()) {
      std::erase_if(prints_, [](const Print& print) { return !print.meaning.is_known(); });
    }
    if (printed.size() != prints_.size()) return;
    for (std::size_t at = 0; at < printed.size(); ++at) {
      give(printed[at], prints_[at].meaning, prints_[at].expression);
    }
  }
};

// "0.weight" by its end, "weight" by itself.
std::string role_of(std::string_view name) {
  name = name.substr(name.rfind('.') + 1);  // npos + 1 is 0
  for (std::string_view role : {"input", "weight", "bias", "output", "kernel"}) {
    const bool is_same = name.size() == role.size() && (name[0] | 0x20) == role[0] &&
                         name.substr(1) == role.substr(1);
    if (is_same) return std::string(role == "kernel" ? "weight" : role);
  }
  return "";
}

}  // namespace

void assign_roles(std::string_view text, std::vector<Item>& items) {
  std::vector<std::size_t> layers;
  for (std::size_t at = 0; at < items.size(); ++at) {
    if (items[at].kind != Item::Kind::layer) continue;
    const std::string& name = items[at].layer.name;
    const bool is_same = !layers.empty() && items[layers.back()].layer.name == name &&
                         items[layers.back()].layer.op == items[at].layer.op;
    if (!is_same) layers.push_back(at);  // code, and then the same layer's print
  }
  Names names(text, items);
  if (!layers.empty()) Script(text, items, names).follow();
  const std::optional<std::size_t> lone =
      layers.size() == 1 ? std::optional(layers[0]) : std::nullopt;
  for (std::size_t at = 0; at < items.size(); ++at) {
    if (items[at].kind != Item::Kind::tensor || !items[at].tensor.role.empty()) continue;
    const TensorItem& tensor = items[at].tensor;
    const std::string role = tensor.is_convolved && lone ? "output" : role_of(tensor.name);
    if (role.empty()) continue;
    const std::size_t dot = tensor.name.rfind('.');
    names.set_role(at, role,
                   dot == std::string::npos
                       ? lone
                       : names.layer_named(std::string_view(tensor.name).substr(0, dot)));
  }
}

}  // namespace convscope
