# Links the bindings into the modules that pages, workers and Node load, under `script-src 'self' 'wasm-unsafe-eval'` too:
#   convscope_wasm       everything: dist/engine/convscope[-relaxed].{mjs,wasm}
#   convscope_wasm_core  all that the first view of a page needs: dist/engine/convscope-core.{mjs,wasm}. Nothing in it
#                        is faster with relaxed SIMD, so only the preset without builds it.
# A new file in cpp/bindings/ goes into the whole module; into the core only if it is named here.
set(core_bindings cpp/bindings/marshal.cpp cpp/bindings/core.cpp cpp/bindings/trace.cpp)
file(GLOB other_bindings CONFIGURE_DEPENDS RELATIVE "${CMAKE_CURRENT_SOURCE_DIR}" cpp/bindings/*.cpp)
list(REMOVE_ITEM other_bindings ${core_bindings})

function(convscope_settings target)
  target_link_libraries(${target} PRIVATE convscope convscope_flags)
  target_compile_options(${target} PRIVATE -Oz)
  target_precompile_headers(${target} REUSE_FROM convscope)
endfunction()

function(convscope_module target name)
  add_executable(${target} ${ARGN})
  convscope_settings(${target})
  target_link_options(
    ${target}
    PRIVATE
    --bind
    -sMODULARIZE
    -sEXPORT_ES6
    -sENVIRONMENT=web,worker,node
    -sALLOW_MEMORY_GROWTH
    -sMAXIMUM_MEMORY=1GB # a page needs no more; what does is refused as out_of_memory
    -sDYNAMIC_EXECUTION=0 # embind would otherwise build functions from text, which the page's policy forbids
    -sFILESYSTEM=0
    -sINCOMING_MODULE_JS_API=wasmBinary,locateFile
  )
  set_target_properties(
    ${target}
    PROPERTIES OUTPUT_NAME ${name} SUFFIX .mjs RUNTIME_OUTPUT_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}/dist/engine"
  )
endfunction()

add_library(convscope_core_bindings OBJECT ${core_bindings})
convscope_settings(convscope_core_bindings)
convscope_module(
  convscope_wasm convscope$<$<BOOL:${CONVSCOPE_RELAXED_SIMD}>:-relaxed> $<TARGET_OBJECTS:convscope_core_bindings>
  ${other_bindings}
)
if(NOT CONVSCOPE_RELAXED_SIMD)
  convscope_module(convscope_wasm_core convscope-core $<TARGET_OBJECTS:convscope_core_bindings>)
  set_target_properties(convscope_wasm_core PROPERTIES LINKER_LANGUAGE CXX)
endif()
