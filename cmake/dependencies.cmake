# Gives the interface target convscope_headers: xtensor, xtl, Catch2 (single header), JSON for modern C++, all header-only.
# From the folder CONVSCOPE_HEADERS that setup fetched, else from their pinned releases. As system headers, so their
# warnings are not ours; in a folder of their own, so that the cross compiler never sees /usr/include.
add_library(convscope_headers INTERFACE)

if(CONVSCOPE_HEADERS)
  set(header_folders "${CONVSCOPE_HEADERS}")
else()
  include(FetchContent)
  set(FETCHCONTENT_QUIET OFF)
  set(header_folders)
  # the SOURCE_SUBDIR does not exist: the release is unpacked and its own CMakeLists.txt left alone
  function(convscope_fetch name include)
    FetchContent_Declare(${name} ${ARGN} SOURCE_SUBDIR headers-only)
    FetchContent_MakeAvailable(${name})
    set(header_folders "${header_folders};${${name}_SOURCE_DIR}/${include}" PARENT_SCOPE)
  endfunction()
  convscope_fetch(xtl include GIT_REPOSITORY https://github.com/xtensor-stack/xtl.git GIT_TAG 0.7.7 GIT_SHALLOW ON)
  convscope_fetch(
    xtensor include GIT_REPOSITORY https://github.com/xtensor-stack/xtensor.git GIT_TAG 0.25.0 GIT_SHALLOW ON
  )
  convscope_fetch(
    catch2 single_include GIT_REPOSITORY https://github.com/catchorg/Catch2.git GIT_TAG v2.13.10 GIT_SHALLOW ON
  )
  convscope_fetch(
    json include URL https://github.com/nlohmann/json/releases/download/v3.11.2/include.zip
  )
endif()
target_include_directories(convscope_headers SYSTEM INTERFACE ${header_folders})
