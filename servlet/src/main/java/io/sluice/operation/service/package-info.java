/** Operations on the service. One public class says which handlers there are. */
@NullMarked
package io.sluice.operation.service;

import org.jspecify.annotations.NullMarked;
