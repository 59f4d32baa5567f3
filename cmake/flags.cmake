# Gives the interface target convscope_flags: how our own code is compiled, in every preset.
# Dependencies never get these flags: they come in as system headers.

# Warnings are errors with the compilers we know; a newer Emscripten or clang may warn of more, which must not stop a user.
set(werror ON)
if(EMSCRIPTEN AND NOT EMSCRIPTEN_VERSION VERSION_EQUAL 3.1.69)
  set(werror OFF)
endif()
option(CONVSCOPE_WERROR "Warnings are errors" ${werror})

add_library(convscope_flags INTERFACE)
# -Wsign-conversion is left out: xtensor's indices are signed where its shapes are unsigned, so it only adds casts.
target_compile_options(
  convscope_flags INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion
                            $<$<BOOL:${CONVSCOPE_WERROR}>:-Werror>
)

# These must be the same for every file of a program, Catch2's main included, so they are set for the whole tree.
if(CONVSCOPE_SANITIZE)
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
endif()
if(CONVSCOPE_FUZZ)
  if(NOT CMAKE_CXX_COMPILER_ID MATCHES Clang)
    message(FATAL_ERROR "The fuzzers need clang with libFuzzer (Debian: clang and libclang-rt-dev).")
  endif()
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
if(EMSCRIPTEN)
  add_compile_options(-msimd128 $<$<BOOL:${CONVSCOPE_RELAXED_SIMD}>:-mrelaxed-simd> -fwasm-exceptions)
  add_link_options(-msimd128 $<$<BOOL:${CONVSCOPE_RELAXED_SIMD}>:-mrelaxed-simd> -fwasm-exceptions)
endif()
