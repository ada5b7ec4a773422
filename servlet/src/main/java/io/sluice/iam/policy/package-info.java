/**
 * AWS's policy language: what it says, and what it decides about a request. Pure: knows neither
 * HTTP nor stores.
 */
@NullMarked
package io.sluice.iam.policy;

import org.jspecify.annotations.NullMarked;
