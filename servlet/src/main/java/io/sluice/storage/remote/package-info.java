/** A back end that is another S3 endpoint; the only package that knows the AWS SDK. */
@NullMarked
package io.sluice.storage.remote;

import org.jspecify.annotations.NullMarked;
