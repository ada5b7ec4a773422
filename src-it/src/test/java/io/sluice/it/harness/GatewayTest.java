package io.sluice.it.harness;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** The class runs once for each container that {@code -Dit.containers} names. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ParameterizedClass(name = "{0}", autoCloseArguments = false) // servers are shared
@ArgumentsSource(GatewayExtension.class)
@ExtendWith(GatewayExtension.class)
public @interface GatewayTest {}
