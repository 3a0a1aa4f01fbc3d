package org.expmaster.host.guides;

import java.net.InetSocketAddress;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;

/** Runs the guide's controller as Spring Boot would, in a process of its own. */
final class SpringHost {
  private SpringHost() {}

  public static void main(String[] arguments) throws Exception {
    try (var context = new AnnotationConfigWebApplicationContext()) {
      context.register(Class.forName("SpringReceiver"));
      ServletContextHandler servlets = new ServletContextHandler();
      servlets.addServlet(new ServletHolder(new DispatcherServlet(context)), "/");
      int port = Integer.parseInt(System.getenv("PORT"));
      Server server = new Server(new InetSocketAddress("127.0.0.1", port));
      server.setHandler(servlets);
      server.start();
      server.join();
    }
  }
}
