/**
 * Access control lists and object ownership: what they say, how they are asked for, whom they let.
 */
@NullMarked
package io.sluice.iam.acl;

import org.jspecify.annotations.NullMarked;
