# Gives the target convscope_wasm: cpp/bindings.cpp linked into dist/engine/convscope[-relaxed].{mjs,wasm}.
# The module runs under `script-src 'self' 'wasm-unsafe-eval'`, in pages, workers and Node alike.
if(EXISTS "${CMAKE_CURRENT_SOURCE_DIR}/cpp/bindings.cpp" AND TARGET convscope)
  add_executable(convscope_wasm cpp/bindings.cpp)
  target_link_libraries(convscope_wasm PRIVATE convscope convscope_flags)
  target_compile_options(convscope_wasm PRIVATE -Oz)
  target_precompile_headers(convscope_wasm REUSE_FROM convscope)
  target_link_options(
    convscope_wasm
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
    convscope_wasm
    PROPERTIES OUTPUT_NAME convscope$<$<BOOL:${CONVSCOPE_RELAXED_SIMD}>:-relaxed>
               SUFFIX .mjs
               RUNTIME_OUTPUT_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}/dist/engine"
  )
endif()
