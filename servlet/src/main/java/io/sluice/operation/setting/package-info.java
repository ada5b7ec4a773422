/** The operations on configurations of buckets: each is a descriptor, not three handlers. */
@NullMarked
package io.sluice.operation.setting;

import org.jspecify.annotations.NullMarked;
