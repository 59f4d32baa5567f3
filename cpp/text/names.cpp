// Evaluates names and expressions; see names.hpp.
#include "names.hpp"

#include <algorithm>

#include "operations.hpp"

namespace convscope {
namespace {

constexpr int kDeepest = 12;

// A method that gives the same numbers in the same order.
bool keeps_numbers(std::string_view method) {
  for (std::string_view known :
       {"clone",   "detach", "float",      "double",         "half",    "cpu",     "cuda",
        "to",      "numpy",  "contiguous", "requires_grad_", "reshape", "view",    "unsqueeze",
        "squeeze", "type",   "astype",     "tolist",         "copy",    "flatten", "eval"}) {
    if (method == known) return true;
  }
  return false;
}

}  // namespace

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() > end.size() && text.substr(text.size() - end.size()) == end;
}

Names::Names(std::string_view text, std::vector<Item>& items) : text_(text), items_(items) {
  for (std::size_t at = 0; at < items.size(); ++at) {
    if (items[at].kind != Item::Kind::layer || items[at].layer.name.empty()) continue;
    layers_.try_emplace(items[at].layer.name, at);
  }
}

const Meaning* Names::find(std::string_view name) const {
  const auto found = names_.find(name);
  return found == names_.end() ? nullptr : &found->second;
}

void Names::set(std::string_view name, const Meaning& meaning) {
  names_.insert_or_assign(std::string(name), meaning);
}

std::optional<std::size_t> Names::layer_named(std::string_view name) const {
  if (const Meaning* known = find(name); known && known->layer) return known->layer;
  const auto found = layers_.find(name);
  return found == layers_.end() ? std::nullopt : std::optional(found->second);
}

void Names::set_role(std::size_t item, const std::string& role, std::optional<std::size_t> layer) {
  if (items_[item].kind != Item::Kind::tensor || (layer && *layer == item)) return;
  TensorItem& tensor = items_[item].tensor;
  if (tensor.role.empty()) {
    tensor.role = role;
    tensor.layer = layer;
  }
  if (!layer) return;
  auto& operands = items_[*layer].layer.operands;
  for (const auto& [known, unused] : operands) {
    if (known == role) return;
  }
  operands.emplace_back(role, item);
}

Meaning Names::lookup(std::string_view name) const {
  if (ends_with(name, ".data")) name.remove_suffix(5);
  if (const Meaning* known = find(name)) return *known;
  for (std::string_view role : {".weight", ".bias"}) {
    if (!ends_with(name, role)) continue;
    Meaning meaning;
    meaning.part_of = layer_named(name.substr(0, name.size() - role.size()));
    if (meaning.part_of) meaning.role = std::string(role.substr(1));
    return meaning;
  }
  return {};
}

Meaning Names::evaluate(Span span, int depth) {
  span = trimmed(text_, span);
  if (span.begin >= span.end || depth > kDeepest) return {};
  const std::size_t first = first_item(items_, span.begin);
  const bool is_item = first < items_.size() && items_[first].begin == span.begin;
  if (is_item && items_[first].end >= span.end) {
    const Item& item = items_[first];
    if (item.kind == Item::Kind::tensor) return {first, {}, {}, ""};
    if (item.kind != Item::Kind::layer) return {};
    if (item.layer.tensors.empty()) return {{}, first, {}, ""};
    return call_function(first, depth);
  }
  const std::string_view code = view(span);
  if (code.front() == '(' && code.back() == ')' &&
      find_top(text_, {span.begin + 1, span.end}, ')', items_) == span.end - 1) {
    return evaluate({span.begin + 1, span.end - 1}, depth + 1);
  }
  if (code.back() == ']') return evaluate_index(span, depth);
  if (code.back() == ')') return evaluate_call(span, depth);
  const bool is_name =
      std::all_of(code.begin(), code.end(), [](char c) { return is_word(c) || c == '.'; });
  if (is_name) return lookup(code);
  if (ends_with(code, ".data")) return evaluate({span.begin, span.end - 5}, depth + 1);
  return {};
}

// Where the bracket that the span's last character closes opens.
std::size_t Names::opener(Span span) const {
  const char closer = text_[span.end - 1];
  const char open = closer == ')' ? '(' : '[';
  std::size_t found = span.end;
  for (std::size_t at = find_top(text_, span, open, items_); at < span.end;) {
    found = at;
    const std::size_t close = find_top(text_, {at + 1, span.end}, closer, items_);
    if (close >= span.end - 1) return found;
    at = find_top(text_, {close + 1, span.end}, open, items_);
  }
  return span.end;
}

// "x[None, None]" holds the numbers of x; others do not.
Meaning Names::evaluate_index(Span span, int depth) {
  if (const Meaning* known = find(view(span))) return *known;
  const std::size_t open = opener(span);
  if (open >= span.end) return {};
  for (const Span& part : split(text_, {open + 1, span.end - 1}, items_)) {
    const std::string_view index = view(part);
    if (index != "None" && index != ":" && index != "..." && !ends_with(index, "newaxis"))
      return {};
  }
  return evaluate({span.begin, open}, depth + 1);
}

Meaning Names::evaluate_call(Span span, int depth) {
  const std::size_t open = opener(span);
  if (open >= span.end || open == span.begin) return {};
  const Span head = trimmed(text_, {span.begin, open});
  const std::string_view called = view(head);
  const std::vector<Span> arguments = split(text_, {open + 1, span.end - 1}, items_);
  if (is_wrapper(called)) return arguments.empty() ? Meaning() : evaluate(arguments[0], depth + 1);
  const std::size_t dot = called.rfind('.');
  if (dot != std::string_view::npos && keeps_numbers(called.substr(dot + 1))) {
    return evaluate({head.begin, head.begin + dot}, depth + 1);
  }
  const Meaning callee = evaluate(head, depth + 1);
  for (const Span& argument : arguments) {
    const Meaning given = evaluate(argument, depth + 1);  // inner calls take operands as well
    if (callee.layer && &argument == &arguments[0] && given.item) {
      set_role(*given.item, "input", callee.layer);
    }
  }
  if (!callee.layer || arguments.empty()) return {};
  return {{}, {}, callee.layer, "output"};
}

// F.conv2d(x, w): its operands are expressions.
Meaning Names::call_function(std::size_t layer, int depth) {
  const Item& item = items_[layer];
  std::size_t at = item.begin;
  for (const auto& [role, expression] : std::vector(item.layer.tensors)) {
    const std::size_t found = text_.find(expression, at);
    if (found == std::string_view::npos || found >= item.end) continue;
    const Meaning meaning = evaluate({found, found + expression.size()}, depth + 1);
    if (meaning.item) set_role(*meaning.item, role, layer);
  }
  return {{}, {}, layer, "output"};
}

}  // namespace convscope
