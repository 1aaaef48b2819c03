import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { BrowserRouter } from "react-router-dom";

import App from "./App";
import { Toaster } from "./components/ui/toaster";
import { TooltipProvider } from "./components/ui/tooltip";
import { basePath } from "./lib/base-path";
import "./index.css";

createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <BrowserRouter basename={basePath}>
      <TooltipProvider delayDuration={300}>
        <App />
      </TooltipProvider>
      <Toaster />
    </BrowserRouter>
  </StrictMode>,
);
