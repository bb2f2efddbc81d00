// The part of ONNX Runtime's C interface that Attar uses. The library is loaded when it is needed and brings no header, so its
// table of functions is described here: a structure with the functions that are used at their places and gaps between them. A
// function's place never changes; all of these stand in version 5 of the interface (ONNX Runtime 1.5) and in all later ones.
//
// Functions that return a status return NULL where all went well.
#pragma once
#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

// Of these only the library knows what is inside.
typedef struct attar_ort_status attar_ort_status;
typedef struct attar_ort_env attar_ort_env;
typedef struct attar_ort_session attar_ort_session;
typedef struct attar_ort_session_options attar_ort_session_options;
typedef struct attar_ort_run_options attar_ort_run_options;
typedef struct attar_ort_value attar_ort_value;
typedef struct attar_ort_allocator attar_ort_allocator;
typedef struct attar_ort_memory_info attar_ort_memory_info;
typedef struct attar_ort_type_info attar_ort_type_info;
typedef struct attar_ort_tensor_info attar_ort_tensor_info;
typedef struct attar_ort_sequence_info attar_ort_sequence_info;
typedef struct attar_ort_metadata attar_ort_metadata;

typedef attar_ort_status *_Nullable attar_ort_result;

// Where a function's result goes: a pointer that the library sets.
#define ATTAR_OUT(type) type *_Nullable *_Nonnull
// `count` functions that are not used, the first of them at place `first`.
#define ATTAR_GAP(first, count) const void *_Nullable unused_##first[count]

typedef struct {
  ATTAR_GAP(0, 1);
  int (*_Nonnull GetErrorCode)(const attar_ort_status *);  // 1
  const char *_Nonnull (*_Nonnull GetErrorMessage)(const attar_ort_status *);
  attar_ort_result (*_Nonnull CreateEnv)(int level, const char *identifier, ATTAR_OUT(attar_ort_env));  // 3
  ATTAR_GAP(4, 3);
  attar_ort_result (*_Nonnull CreateSession)(
      const attar_ort_env *, const char *path, const attar_ort_session_options *, ATTAR_OUT(attar_ort_session));  // 7
  ATTAR_GAP(8, 1);
  attar_ort_result (*_Nonnull Run)(
      attar_ort_session *, const attar_ort_run_options *_Nullable, const char *_Nonnull const *_Nonnull inputNames,
      const attar_ort_value *_Nonnull const *_Nonnull inputs, size_t inputCount,
      const char *_Nonnull const *_Nonnull outputNames, size_t outputCount,
      attar_ort_value *_Nullable *_Nonnull outputs);  // 9
  attar_ort_result (*_Nonnull CreateSessionOptions)(ATTAR_OUT(attar_ort_session_options));  // 10
  ATTAR_GAP(11, 13);
  attar_ort_result (*_Nonnull SetIntraOpNumThreads)(attar_ort_session_options *, int);  // 24
  attar_ort_result (*_Nonnull SetInterOpNumThreads)(attar_ort_session_options *, int);
  ATTAR_GAP(26, 4);
  attar_ort_result (*_Nonnull SessionGetInputCount)(const attar_ort_session *, size_t *);  // 30
  attar_ort_result (*_Nonnull SessionGetOutputCount)(const attar_ort_session *, size_t *);
  ATTAR_GAP(32, 1);
  attar_ort_result (*_Nonnull SessionGetInputTypeInfo)(
      const attar_ort_session *, size_t index, ATTAR_OUT(attar_ort_type_info));  // 33
  attar_ort_result (*_Nonnull SessionGetOutputTypeInfo)(
      const attar_ort_session *, size_t index, ATTAR_OUT(attar_ort_type_info));
  ATTAR_GAP(35, 1);
  attar_ort_result (*_Nonnull SessionGetInputName)(
      const attar_ort_session *, size_t index, attar_ort_allocator *, ATTAR_OUT(char));  // 36
  attar_ort_result (*_Nonnull SessionGetOutputName)(
      const attar_ort_session *, size_t index, attar_ort_allocator *, ATTAR_OUT(char));
  ATTAR_GAP(38, 10);
  attar_ort_result (*_Nonnull CreateTensorAsOrtValue)(
      attar_ort_allocator *, const int64_t *shape, size_t rank, int type, ATTAR_OUT(attar_ort_value));  // 48
  attar_ort_result (*_Nonnull CreateTensorWithDataAsOrtValue)(
      const attar_ort_memory_info *, void *data, size_t bytes, const int64_t *shape, size_t rank, int type,
      ATTAR_OUT(attar_ort_value));
  ATTAR_GAP(50, 1);
  attar_ort_result (*_Nonnull GetTensorMutableData)(attar_ort_value *, ATTAR_OUT(void));  // 51
  attar_ort_result (*_Nonnull FillStringTensor)(attar_ort_value *, const char *_Nonnull const *_Nonnull, size_t count);
  attar_ort_result (*_Nonnull GetStringTensorDataLength)(const attar_ort_value *, size_t *);
  attar_ort_result (*_Nonnull GetStringTensorContent)(
      const attar_ort_value *, void *bytes, size_t length, size_t *offsets, size_t count);
  attar_ort_result (*_Nonnull CastTypeInfoToTensorInfo)(
      const attar_ort_type_info *, const ATTAR_OUT(attar_ort_tensor_info));
  attar_ort_result (*_Nonnull GetOnnxTypeFromTypeInfo)(const attar_ort_type_info *, int *);
  ATTAR_GAP(57, 3);
  attar_ort_result (*_Nonnull GetTensorElementType)(const attar_ort_tensor_info *, int *);  // 60
  attar_ort_result (*_Nonnull GetDimensionsCount)(const attar_ort_tensor_info *, size_t *);
  attar_ort_result (*_Nonnull GetDimensions)(const attar_ort_tensor_info *, int64_t *, size_t count);
  ATTAR_GAP(63, 1);
  attar_ort_result (*_Nonnull GetTensorShapeElementCount)(const attar_ort_tensor_info *, size_t *);  // 64
  attar_ort_result (*_Nonnull GetTensorTypeAndShape)(const attar_ort_value *, ATTAR_OUT(attar_ort_tensor_info));
  ATTAR_GAP(66, 1);
  attar_ort_result (*_Nonnull GetValueType)(const attar_ort_value *, int *);  // 67
  ATTAR_GAP(68, 1);
  attar_ort_result (*_Nonnull CreateCpuMemoryInfo)(int allocator, int memory, ATTAR_OUT(attar_ort_memory_info));  // 69
  ATTAR_GAP(70, 6);
  attar_ort_result (*_Nonnull AllocatorFree)(attar_ort_allocator *, void *);  // 76
  ATTAR_GAP(77, 1);
  attar_ort_result (*_Nonnull GetAllocatorWithDefaultOptions)(ATTAR_OUT(attar_ort_allocator));  // 78
  ATTAR_GAP(79, 1);
  attar_ort_result (*_Nonnull GetValue)(
      const attar_ort_value *, int index, attar_ort_allocator *, ATTAR_OUT(attar_ort_value));
  attar_ort_result (*_Nonnull GetValueCount)(const attar_ort_value *, size_t *);
  ATTAR_GAP(82, 10);
  void (*_Nonnull ReleaseEnv)(attar_ort_env *_Nullable);  // 92
  void (*_Nonnull ReleaseStatus)(attar_ort_status *_Nullable);
  void (*_Nonnull ReleaseMemoryInfo)(attar_ort_memory_info *_Nullable);
  void (*_Nonnull ReleaseSession)(attar_ort_session *_Nullable);
  void (*_Nonnull ReleaseValue)(attar_ort_value *_Nullable);
  ATTAR_GAP(97, 1);
  void (*_Nonnull ReleaseTypeInfo)(attar_ort_type_info *_Nullable);  // 98
  void (*_Nonnull ReleaseTensorTypeAndShapeInfo)(attar_ort_tensor_info *_Nullable);
  void (*_Nonnull ReleaseSessionOptions)(attar_ort_session_options *_Nullable);
  ATTAR_GAP(101, 3);
  attar_ort_result (*_Nonnull CastTypeInfoToSequenceTypeInfo)(
      const attar_ort_type_info *, const ATTAR_OUT(attar_ort_sequence_info));  // 104
  ATTAR_GAP(105, 2);
  attar_ort_result (*_Nonnull GetSequenceElementType)(
      const attar_ort_sequence_info *, ATTAR_OUT(attar_ort_type_info));  // 107
  ATTAR_GAP(108, 3);
  attar_ort_result (*_Nonnull SessionGetModelMetadata)(
      const attar_ort_session *, ATTAR_OUT(attar_ort_metadata));  // 111
  ATTAR_GAP(112, 4);
  attar_ort_result (*_Nonnull ModelMetadataLookupCustomMetadataMap)(
      const attar_ort_metadata *, attar_ort_allocator *, const char *key, ATTAR_OUT(char));  // 116
  ATTAR_GAP(117, 1);
  void (*_Nonnull ReleaseModelMetadata)(attar_ort_metadata *_Nullable);  // 118
  ATTAR_GAP(119, 4);
  attar_ort_result (*_Nonnull ModelMetadataGetCustomMetadataMapKeys)(
      const attar_ort_metadata *, attar_ort_allocator *, char *_Nullable *_Nullable *_Nonnull keys,
      int64_t *count);  // 123
} attar_ort_api;

// What the library's one exported function, OrtGetApiBase, returns.
typedef struct {
  // The table of a version of the interface, NULL where the library is older.
  const attar_ort_api *_Nullable (*_Nonnull GetApi)(uint32_t version);
  // Such as "1.32.0".
  const char *_Nonnull (*_Nonnull GetVersionString)(void);
} attar_ort_api_base;

// The file that the code or data at an address was loaded from, NULL where that is not known.
const char *_Nullable attar_ort_library_path(const void *address);

#pragma clang assume_nonnull end
