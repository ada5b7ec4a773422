/** The keys of encryption at rest: the gateway's, those of key services, and the clients'. */
@NullMarked
package io.sluice.encryption;

import org.jspecify.annotations.NullMarked;
