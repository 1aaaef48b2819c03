import { SiteFooter } from "@/components/site-footer";
import { SiteHeader } from "@/components/site-header";
import { Hero } from "@/sections/hero";
//% for s in sections
import { [[s.component]] } from "@/sections/[[s.file]]";
//% endfor

export default function App() {
  return (
    <div className="min-h-dvh overflow-x-clip">
      <SiteHeader />
      <main>
        <Hero />
//% for s in sections
        <[[s.component]] />
//% endfor
      </main>
      <SiteFooter />
    </div>
  );
}
