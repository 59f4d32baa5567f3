# Gives the target convscope_tests: tests/cpp/**/*.cpp with Catch2's main, a native program or convscope_tests.cjs for Node.
# The fixtures are found through CONVSCOPE_TEST_DATA, the path of tests/oracle, in both.

# Catch2's main is slow to optimise and nothing is gained by it: compiled once, at -O0.
set(catch_main "${CMAKE_CURRENT_BINARY_DIR}/catch_main.cpp")
file(CONFIGURE OUTPUT "${catch_main}" CONTENT "#define CATCH_CONFIG_MAIN\n#include <catch2/catch.hpp>\n")
add_library(convscope_catch_main OBJECT "${catch_main}")
target_compile_options(convscope_catch_main PRIVATE -O0)
target_link_libraries(convscope_catch_main PRIVATE convscope_headers)

add_executable(convscope_tests ${test_sources})
target_link_libraries(convscope_tests PRIVATE convscope convscope_flags convscope_catch_main)
target_precompile_headers(
  convscope_tests PRIVATE <xtensor/xtensor.hpp> <catch2/catch.hpp> <nlohmann/json.hpp> <string> <vector>
)
target_compile_definitions(
  convscope_tests PRIVATE CONVSCOPE_TEST_DATA="${CMAKE_CURRENT_SOURCE_DIR}/tests/oracle"
)
if(EMSCRIPTEN)
  # the tests themselves need no speed, only the library does; and their tensors are small, so that a 64-bit number as
  # the index of a std::vector, whose size is 32 bits wide here, needs no cast in them
  target_compile_options(convscope_tests PRIVATE -O1 -Wno-shorten-64-to-32)
  target_link_options(
    convscope_tests PRIVATE -O1 -sNODERAWFS=1 -sEXIT_RUNTIME=1 -sENVIRONMENT=node -sALLOW_MEMORY_GROWTH
    -sSTACK_SIZE=1MB
  )
  # .cjs: package.json says "type": "module", and this program is CommonJS
  set_target_properties(convscope_tests PROPERTIES SUFFIX .cjs)
endif()
