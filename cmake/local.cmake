# Takes build/local.cmake, which `npm run setup` writes (CONVSCOPE_HEADERS, CONVSCOPE_EMSCRIPTEN), if it is there.
# Gives those two variables, and the native compiler: clang where it can link sanitizers (they build three times as
# fast as with g++), else the system's. Without the file CMake works too: headers are fetched, emcc is sought on PATH.
include("${CMAKE_CURRENT_LIST_DIR}/../build/local.cmake" OPTIONAL)

if(NOT CMAKE_TOOLCHAIN_FILE AND NOT CMAKE_CXX_COMPILER AND NOT DEFINED ENV{CXX})
  find_program(clang_path clang++ NO_CACHE)
  if(clang_path)
    set(probe "${CMAKE_CURRENT_BINARY_DIR}/probe.cpp")
    file(WRITE "${probe}" "int main() {}\n")
    execute_process(
      COMMAND "${clang_path}" -fsanitize=address,undefined "${probe}" -o "${probe}.out"
      RESULT_VARIABLE probe_result OUTPUT_QUIET ERROR_QUIET
    )
    if(probe_result EQUAL 0)
      set(CMAKE_CXX_COMPILER "${clang_path}")
    endif()
  endif()
endif()
