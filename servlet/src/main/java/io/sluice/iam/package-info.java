/** Who may do what: policies, ownership, ACLs and the public access block, in one decision. */
@NullMarked
package io.sluice.iam;

import org.jspecify.annotations.NullMarked;
