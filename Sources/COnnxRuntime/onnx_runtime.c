#define _GNU_SOURCE
#include "COnnxRuntime.h"

#include <dlfcn.h>

// Every function stands where the library has it: one of each stretch without gaps tells.
#define ATTAR_AT(function, place) \
  _Static_assert(offsetof(attar_ort_api, function) == (place) * sizeof(void *), #function " stands elsewhere")

ATTAR_AT(GetErrorCode, 1);
ATTAR_AT(CreateEnv, 3);
ATTAR_AT(CreateSession, 7);
ATTAR_AT(CreateSessionOptions, 10);
ATTAR_AT(SetInterOpNumThreads, 25);
ATTAR_AT(SessionGetOutputCount, 31);
ATTAR_AT(SessionGetOutputTypeInfo, 34);
ATTAR_AT(SessionGetOutputName, 37);
ATTAR_AT(CreateTensorWithDataAsOrtValue, 49);
ATTAR_AT(GetOnnxTypeFromTypeInfo, 56);
ATTAR_AT(GetDimensions, 62);
ATTAR_AT(GetTensorTypeAndShape, 65);
ATTAR_AT(GetValueType, 67);
ATTAR_AT(CreateCpuMemoryInfo, 69);
ATTAR_AT(AllocatorFree, 76);
ATTAR_AT(GetAllocatorWithDefaultOptions, 78);
ATTAR_AT(GetValueCount, 81);
ATTAR_AT(ReleaseValue, 96);
ATTAR_AT(ReleaseSessionOptions, 100);
ATTAR_AT(CastTypeInfoToSequenceTypeInfo, 104);
ATTAR_AT(GetSequenceElementType, 107);
ATTAR_AT(SessionGetModelMetadata, 111);
ATTAR_AT(ModelMetadataLookupCustomMetadataMap, 116);
ATTAR_AT(ReleaseModelMetadata, 118);
ATTAR_AT(ModelMetadataGetCustomMetadataMapKeys, 123);

const char *attar_ort_library_path(const void *address) {
  Dl_info info;
  return dladdr(address, &info) ? info.dli_fname : NULL;
}
