/** Tests of the back end that is another S3 endpoint, over a second gateway. */
@org.jspecify.annotations.NullMarked
package io.sluice.storage.remote;
