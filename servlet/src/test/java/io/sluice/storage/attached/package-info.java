/** Tests of buckets that live in several back ends. */
@org.jspecify.annotations.NullMarked
package io.sluice.storage.attached;
