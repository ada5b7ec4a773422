/** How the command line talks to a gateway: profiles, signed requests, the S3 client. */
@NullMarked
package io.sluice.cli.client;

import org.jspecify.annotations.NullMarked;
