/** The operations on ACLs, object ownership and request payment. */
@NullMarked
package io.sluice.operation.acl;

import org.jspecify.annotations.NullMarked;
