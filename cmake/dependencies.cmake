# Gives the interface target convscope_headers: xtensor, xtl, Catch2 (single header), JSON for modern C++, all header-only.
# From the folder CONVSCOPE_HEADERS that setup fetched, else from their pinned releases. As system headers, so their
# warnings are not ours; in a folder of their own, so that the cross compiler never sees /usr/include.
add_library(convscope_headers INTERFACE)

if(CONVSCOPE_HEADERS)
  set(header_folders "${CONVSCOPE_HEADERS}")
else()
  include(FetchContent)
  set(FETCHCONTENT_BASE_DIR "${CMAKE_CURRENT_SOURCE_DIR}/build/_deps" CACHE PATH "one copy for all presets")
  set(FETCHCONTENT_QUIET OFF)
  set(header_folders)
  function(convscope_fetch name url sha256 include)
    # headers-only does not exist there: the release is unpacked, its own CMakeLists.txt left alone
    FetchContent_Declare(
      ${name} URL "https://github.com/${url}" URL_HASH SHA256=${sha256} DOWNLOAD_EXTRACT_TIMESTAMP ON
      SOURCE_SUBDIR headers-only
    )
    FetchContent_MakeAvailable(${name})
    if(NOT EXISTS "${${name}_SOURCE_DIR}/${include}") # an archive of one folder is unpacked without that folder
      set(include .)
    endif()
    set(header_folders "${header_folders};${${name}_SOURCE_DIR}/${include}" PARENT_SCOPE)
  endfunction()
  convscope_fetch(
    xtl xtensor-stack/xtl/archive/refs/tags/0.7.7.tar.gz
    44fb99fbf5e56af5c43619fc8c29aa58e5fad18f3ba6e7d9c55c111b62df1fbb include
  )
  convscope_fetch(
    xtensor xtensor-stack/xtensor/archive/refs/tags/0.25.0.tar.gz
    32d5d9fd23998c57e746c375a544edf544b74f0a18ad6bc3c38cbba968d5e6c7 include
  )
  convscope_fetch(
    catch2 catchorg/Catch2/archive/v2.13.10.tar.gz
    d54a712b7b1d7708bc7a819a8e6e47b2fde9536f487b89ccbca295072a7d9943 single_include
  )
  convscope_fetch(
    json nlohmann/json/releases/download/v3.11.2/include.zip
    e5c7a9f49a16814be27e4ed0ee900ecd0092bfb7dbfca65b5a421b774dccaaed include
  )
  list(REMOVE_ITEM header_folders "")
endif()
target_include_directories(convscope_headers SYSTEM INTERFACE ${header_folders})
