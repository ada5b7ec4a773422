package io.sluice.it.harness;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The class runs through nginx and TLS, and over the runner's own TLS, as well as on the usual
 * containers: it is about what proxies and other protocols are known to change. With {@code -Pfull}
 * every class does.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface OverTls {}
