// Tells JavaScript how far a long computation has come.
#include "../progress.hpp"

#include <emscripten/bind.h>

#include "marshal.hpp"

namespace convscope {
namespace {

val told = val::undefined();

// A function of the share, or nothing: nobody listens.
void on_progress(const val& listener) {
  told = listener;
  progress::listen(is_missing(listener) ? nullptr : +[](double share) { told(share); });
}

}  // namespace

EMSCRIPTEN_BINDINGS(convscope_progress) { emscripten::function("onProgress", &on_progress); }

}  // namespace convscope
