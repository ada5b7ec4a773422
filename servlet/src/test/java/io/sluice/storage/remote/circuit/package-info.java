/** Tests of the cache between readers and a back end that is far away. */
@org.jspecify.annotations.NullMarked
package io.sluice.storage.remote.circuit;
