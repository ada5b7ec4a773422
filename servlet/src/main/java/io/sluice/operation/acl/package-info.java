/** The operations on ACLs and object ownership. */
@NullMarked
package io.sluice.operation.acl;

import org.jspecify.annotations.NullMarked;
